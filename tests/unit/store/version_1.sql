-- A store as version 1 of the tables keeps it, for both databases; times in UTC.
CREATE TABLE planner_schema_version (
    version INTEGER PRIMARY KEY,
    applied TIMESTAMPTZ NOT NULL
);
INSERT INTO planner_schema_version
    VALUES (1,'2026-01-19 08:00:00.000000');
CREATE TABLE planner_mark (mark TEXT PRIMARY KEY);
INSERT INTO planner_mark
    VALUES ('00000000000000000000000000000001');
CREATE TABLE planner_municipality (code TEXT PRIMARY KEY, number BIGINT NOT NULL);
INSERT INTO planner_municipality
    VALUES ('091',4);
INSERT INTO planner_municipality
    VALUES ('FI',1);
CREATE TABLE planner_change (
    municipality TEXT NOT NULL REFERENCES planner_municipality (code),
    number BIGINT NOT NULL,
    action TEXT NOT NULL,
    undoes BIGINT,
    author TEXT NOT NULL,
    time TIMESTAMPTZ NOT NULL,
    token TEXT NOT NULL UNIQUE,
    PRIMARY KEY (municipality, number),
    FOREIGN KEY (municipality, undoes) REFERENCES planner_change (municipality, number)
);
INSERT INTO planner_change
    VALUES ('091',1,'save',NULL,'Aino Virtanen','2026-01-19 08:01:00.000000','00000000000000000000000000000004');
INSERT INTO planner_change
    VALUES ('091',2,'save',NULL,'Åsa Öhman','2026-01-19 08:02:00.000000','00000000000000000000000000000005');
INSERT INTO planner_change
    VALUES ('091',3,'save',NULL,'Aino Virtanen','2026-01-19 08:03:00.000000','00000000000000000000000000000006');
INSERT INTO planner_change
    VALUES ('091',4,'undo',3,'Åsa Öhman','2026-01-19 08:04:00.000000','00000000000000000000000000000007');
INSERT INTO planner_change
    VALUES ('FI',1,'save',NULL,'Aino Virtanen','2026-01-19 08:05:00.000000','00000000000000000000000000000009');
CREATE TABLE planner_entry (
    municipality TEXT NOT NULL,
    number BIGINT NOT NULL,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (municipality, number, position),
    UNIQUE (municipality, key, revision),
    FOREIGN KEY (municipality, number) REFERENCES planner_change (municipality, number)
);
INSERT INTO planner_entry
    VALUES ('091',1,0,'00000000-0000-0000-0000-000000000002','capacity',1,FALSE,'{"hours":1,"place":"Itäkeskus"}');
INSERT INTO planner_entry
    VALUES ('091',1,1,'00000000-0000-0000-0000-000000000003','capacity',1,FALSE,'{"hours":2,"place":"Kallio"}');
INSERT INTO planner_entry
    VALUES ('091',2,0,'00000000-0000-0000-0000-000000000002','capacity',2,FALSE,'{"hours":2.5,"place":"Itäkeskus"}');
INSERT INTO planner_entry
    VALUES ('091',3,0,'00000000-0000-0000-0000-000000000003','capacity',2,TRUE,'{"hours":2,"place":"Kallio"}');
INSERT INTO planner_entry
    VALUES ('091',4,0,'00000000-0000-0000-0000-000000000003','capacity',3,FALSE,'{"hours":2,"place":"Kallio"}');
INSERT INTO planner_entry
    VALUES ('FI',1,0,'00000000-0000-0000-0000-000000000008','plan',1,FALSE,'{"kind":"sessions","name":"Talvi","plan":"{}"}');
CREATE TABLE planner_item (
    municipality TEXT NOT NULL REFERENCES planner_municipality (code),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    content TEXT NOT NULL,
    author TEXT NOT NULL,
    time TIMESTAMPTZ NOT NULL,
    made BIGINT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (municipality, key),
    FOREIGN KEY (municipality, key, revision)
        REFERENCES planner_entry (municipality, key, revision)
);
INSERT INTO planner_item
    VALUES ('091','00000000-0000-0000-0000-000000000002','capacity',2,FALSE,'{"hours":2.5,"place":"Itäkeskus"}','Åsa Öhman','2026-01-19 08:02:00.000000',1,0);
INSERT INTO planner_item
    VALUES ('091','00000000-0000-0000-0000-000000000003','capacity',3,FALSE,'{"hours":2,"place":"Kallio"}','Åsa Öhman','2026-01-19 08:04:00.000000',1,1);
INSERT INTO planner_item
    VALUES ('FI','00000000-0000-0000-0000-000000000008','plan',1,FALSE,'{"kind":"sessions","name":"Talvi","plan":"{}"}','Aino Virtanen','2026-01-19 08:05:00.000000',1,0);
CREATE INDEX planner_item_by_kind ON planner_item (kind, municipality);
