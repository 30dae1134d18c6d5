-- A small hospital. The questions asked of it are set on 2026-11-21. lab_results declares no foreign key: catalog.yml does.
CREATE TABLE departments(id INTEGER PRIMARY KEY, name TEXT NOT NULL, building TEXT, floor INTEGER);
CREATE TABLE doctors(id INTEGER PRIMARY KEY, department_id INTEGER NOT NULL REFERENCES departments(id), name TEXT NOT NULL,
                     grade TEXT, email TEXT, hired_on TEXT);
CREATE TABLE patients(id INTEGER PRIMARY KEY, name TEXT NOT NULL, sex TEXT, birth_date TEXT, blood_type TEXT, city TEXT);
CREATE TABLE visits(id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients(id),
                    doctor_id INTEGER NOT NULL REFERENCES doctors(id), kind TEXT, status TEXT, visited_at TEXT, fee INTEGER);
CREATE TABLE prescriptions(id INTEGER PRIMARY KEY, visit_id INTEGER NOT NULL REFERENCES visits(id), drug TEXT NOT NULL,
                           dose_mg REAL, days INTEGER);
CREATE TABLE lab_results(id INTEGER PRIMARY KEY, visit_id INTEGER NOT NULL, test TEXT NOT NULL, value REAL, unit TEXT,
                         taken_on TEXT, remark TEXT);
CREATE TABLE wards(id INTEGER PRIMARY KEY, department_id INTEGER NOT NULL REFERENCES departments(id), name TEXT NOT NULL,
                   beds INTEGER);
CREATE TABLE admissions(id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients(id),
                        ward_id INTEGER NOT NULL REFERENCES wards(id), admitted_on TEXT, discharged_on TEXT, diagnosis TEXT);

INSERT INTO departments VALUES (1,'내과','본관',2),(2,'정형외과','본관',3),(3,'소아청소년과','별관',1),(4,'응급의학과','본관',1),
    (5,'신경과','별관',2),(6,'피부과','별관',3);
INSERT INTO doctors VALUES
    (1,1,'서지안','professor','jian.seo@hospital.example','2012-03-02'),
    (2,1,'Emily Carter','fellow','emily.carter@hospital.example','2023-09-01'),
    (3,1,'배도윤','resident','doyun.bae@hospital.example','2025-03-01'),
    (4,2,'남궁민','professor','min.namgung@hospital.example','2009-03-02'),
    (5,2,'오하람','fellow','haram.oh@hospital.example','2022-03-01'),
    (6,3,'임수아','professor','sua.lim@hospital.example','2015-09-01'),
    (7,3,'Daniel Kim','fellow','daniel.kim@hospital.example','2024-03-01'),
    (8,4,'차은결','professor','eungyeol.cha@hospital.example','2018-03-02'),
    (9,4,'노시우','resident','siwoo.noh@hospital.example','2026-03-02'),
    (10,5,'문채아','professor','chaea.moon@hospital.example','2011-03-02'),
    (11,5,'유재인','resident','jaein.yoo@hospital.example','2026-03-02'),
    (12,6,'홍다인','fellow','dain.hong@hospital.example','2020-03-02');
INSERT INTO patients VALUES
    (1,'강예준','M','1958-04-12','A','서울'),(2,'권나은','F','1990-11-03','O','성남'),(3,'민서율','F','2019-06-21','B','서울'),
    (4,'Olivia Brown','F','1985-02-14','O','서울'),(5,'백이준','M','1972-09-30','AB','수원'),(6,'송아린','F','2021-01-08',NULL,'성남'),
    (7,'신유찬','M','1949-12-25','A','서울'),(8,'양지우','F','1966-07-07','B','인천'),(9,'우태오','M','2003-05-19','O','서울'),
    (10,'Lucas Meyer','M','1979-08-23',NULL,'수원'),(11,'장하율','F','1995-03-15','A','인천'),(12,'전소율','F','1942-10-01','O','서울'),
    (13,'조건우','M','2015-12-11','A','성남'),(14,'추은서','F','1988-01-27','B','서울'),(15,'하도겸','M','2000-09-09','AB',NULL),
    (16,'황보라','F','1977-06-16','A','서울');
INSERT INTO visits VALUES
    (1,1,1,'outpatient','completed','2026-02-10 09:30:00',32000),(2,1,1,'outpatient','completed','2026-05-12 09:30:00',28000),
    (3,7,1,'checkup','completed','2026-06-03 10:00:00',150000),(4,5,2,'outpatient','completed','2026-07-21 14:00:00',41000),
    (5,4,2,'outpatient','no_show','2026-08-18 11:00:00',NULL),(6,4,2,'outpatient','completed','2026-08-25 11:00:00',37000),
    (7,12,1,'outpatient','completed','2026-09-14 10:30:00',52000),(8,8,4,'outpatient','completed','2026-03-17 13:20:00',64000),
    (9,8,4,'outpatient','completed','2026-04-14 13:20:00',48000),(10,9,8,'emergency','completed','2026-10-03 22:10:00',120000),
    (11,9,5,'outpatient','completed','2026-10-12 15:00:00',55000),(12,3,6,'outpatient','completed','2026-10-19 09:00:00',18000),
    (13,6,6,'outpatient','completed','2026-11-02 09:20:00',17500),(14,13,7,'outpatient','cancelled','2026-11-05 16:00:00',NULL),
    (15,13,7,'outpatient','completed','2026-11-09 16:00:00',21000),(16,10,8,'emergency','completed','2026-11-11 03:40:00',210000),
    (17,2,12,'outpatient','completed','2025-12-22 10:10:00',39000),(18,2,12,'outpatient','no_show','2026-01-19 10:10:00',NULL),
    (19,14,12,'outpatient','completed','2026-11-16 11:30:00',NULL),(20,11,10,'outpatient','completed','2026-09-29 14:30:00',73000),
    (21,11,10,'outpatient','completed','2026-10-27 14:30:00',46000),(22,7,10,'outpatient','completed','2026-11-17 10:00:00',69000),
    (23,15,8,'emergency','completed','2026-11-19 19:25:00',98000),(24,1,1,'outpatient','scheduled','2026-11-24 09:30:00',NULL),
    (25,12,2,'outpatient','scheduled','2026-11-26 10:30:00',NULL),(26,5,2,'checkup','scheduled','2026-12-07 08:00:00',NULL),
    (27,8,5,'outpatient','cancelled','2026-06-30 13:00:00',NULL),(28,4,10,'outpatient','scheduled','2026-12-01 15:30:00',NULL);
INSERT INTO prescriptions VALUES
    (1,1,'metformin',500,30),(2,2,'metformin',850,60),(3,2,'atorvastatin',20,60),(4,4,'omeprazole',20,14),(5,6,'omeprazole',40,28),
    (6,7,'amlodipine',5,90),(7,8,'celecoxib',200,14),(8,9,'celecoxib',200,28),(9,10,'ibuprofen',400,3),(10,12,'acetaminophen',160,3),
    (11,13,'amoxicillin',250,7),(12,15,'acetaminophen',325,3),(13,16,'ibuprofen',600,2),(14,17,'isotretinoin',10,30),
    (15,19,'hydrocortisone',NULL,10),(16,20,'sumatriptan',50,9),(17,21,'topiramate',25,30),(18,22,'donepezil',5,60);
INSERT INTO lab_results VALUES
    (1,1,'HbA1c',8.1,'%','2026-02-10','3개월 뒤 재검'),(2,2,'HbA1c',7.2,'%','2026-05-12','조절 호전'),(3,3,'HbA1c',5.6,'%','2026-06-03',NULL),
    (4,3,'LDL',162,'mg/dL','2026-06-03','식이 조절 권고'),(5,2,'LDL',131,'mg/dL','2026-05-12',NULL),(6,4,'Hb',13.9,'g/dL','2026-07-21',NULL),
    (7,7,'LDL',118,'mg/dL','2026-09-14',NULL),(8,7,'Hb',11.2,'g/dL','2026-09-14','경미한 빈혈'),(9,10,'Hb',14.8,'g/dL','2026-10-03',NULL),
    (10,13,'CRP',24.5,'mg/L','2026-11-02','항생제 시작'),(11,16,'CRP',NULL,'mg/L','2026-11-11','검체 불량, 재검 필요'),
    (12,16,'Hb',12.6,'g/dL','2026-11-11',NULL),(13,23,'CRP',3.1,'mg/L','2026-11-19',NULL),(14,22,'HbA1c',NULL,'%','2026-11-17','결과 대기');
INSERT INTO wards VALUES (1,1,'51병동',24),(2,2,'61병동',30),(3,3,'32병동',18),(4,4,'단기관찰실',8),(5,5,'52병동',20),(6,1,'중환자실',10);
INSERT INTO admissions VALUES
    (1,8,2,'2026-03-18','2026-03-27','무릎 인공관절 수술'),(2,12,1,'2026-09-14','2026-09-21','폐렴'),(3,9,2,'2026-10-04','2026-10-09','손목 골절'),
    (4,6,3,'2026-11-02','2026-11-06','기관지염'),(5,10,4,'2026-11-11','2026-11-12','급성 복통'),(6,10,1,'2026-11-12',NULL,'급성 췌장염'),
    (7,7,5,'2026-11-17',NULL,'경미한 뇌경색'),(8,15,4,'2026-11-19','2026-11-20','천식 발작'),(9,1,6,'2025-12-28','2026-01-09','심부전'),
    (10,12,6,'2026-09-21','2026-10-02','폐렴 악화');
