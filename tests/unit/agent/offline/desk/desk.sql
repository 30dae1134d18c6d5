CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT NOT NULL, crew TEXT);
CREATE TABLE tickets(id INTEGER PRIMARY KEY, title TEXT NOT NULL, severity TEXT, hours REAL,
                     author_id INTEGER NOT NULL REFERENCES people(id), assignee_id INTEGER REFERENCES people(id));
CREATE TABLE replies(id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL REFERENCES tickets(id), minutes REAL);
INSERT INTO people VALUES (1,'백도윤','창구'),(2,'은채원','현장'),(3,'Nora Lindt','현장');
INSERT INTO tickets VALUES (1,'pump-leak','high',4.5,1,2),(2,'fan-noise','low',1,1,3),(3,'belt-slip','high',8,2,1),
                           (4,'lamp-out','low',0.5,3,2),(5,'door-jam','high',2,3,NULL);
INSERT INTO replies VALUES (1,1,10),(2,1,25),(3,3,5);
