CREATE TABLE clerk(id INTEGER PRIMARY KEY, name TEXT, branch TEXT);
CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, kind TEXT, price REAL, weight_g REAL);
CREATE TABLE sale(id INTEGER PRIMARY KEY, clerk_id INTEGER, item_id INTEGER REFERENCES item(id), state TEXT, amount REAL,
                  ordered_at TEXT, arrived_at TEXT, remark TEXT);
INSERT INTO clerk VALUES (1,'오세라','강남점'),(2,'문가온','부산점'),(3,'라온유','강남점');
INSERT INTO item VALUES (1,'oak-chair-a1','furniture',89000,7200),(2,'oak-table-b2','furniture',240000,31000),
                        (3,'green-tea-500','food',8900,500),(4,'desk-lamp-c3','lighting',45000,NULL);
INSERT INTO sale VALUES (1,1,1,'shipped',2,'2026-10-02','2026-10-05','문 앞에 두기'),(2,1,3,'returned',1,'2026-11-03','2026-11-10',NULL),
                        (3,2,2,'shipped',1,'2026-11-11','2026-11-12','엘리베이터 없음'),(4,2,3,'ordered',5,'2026-11-18',NULL,NULL);
