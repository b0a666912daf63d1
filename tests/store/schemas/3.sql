PRAGMA application_id = 1380731202;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'readinglist','1 first tables','2026-11-24 02:22:53.978079+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'readinglist','2 duplicates, proofs of notes, quicker filters','2026-11-30 15:56:42.807394+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'readinglist','3 feeds','2026-11-30 16:29:37.881515+00:00');
CREATE TABLE alias (uid TEXT PRIMARY KEY, kept TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE announcement (
    feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    PRIMARY KEY (feed, paper)
) WITHOUT ROWID;
CREATE TABLE apart (pair TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE change (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    uid TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT, hash TEXT,
    PRIMARY KEY (entry, n)
) WITHOUT ROWID;
INSERT INTO "change" VALUES(3,0,'deee2583-c5bf-45cf-add1-1b87db3de23f','starred','false','true',NULL);
INSERT INTO "change" VALUES(4,0,'5389397f-e5a7-43bd-8478-cd8fdc57db86','note',NULL,'"A note of old."','18a2a6bc7094c6803c8ccc538c795b56');
INSERT INTO "change" VALUES(5,0,'deee2583-c5bf-45cf-add1-1b87db3de23f','tags',NULL,'"old/times"',NULL);
INSERT INTO "change" VALUES(6,0,'deee2583-c5bf-45cf-add1-1b87db3de23f','highlights',NULL,'{"id":"572ca520-4480-488d-8e99-2aca3acbd4c3","quote":"first schema","prefix":"A library of the ","suffix":" must open for ever.","start":17,"end":29,"colour":"yellow","comment":null,"created":"2026-11-24T02:22:54Z"}',NULL);
INSERT INTO "change" VALUES(7,0,'5389397f-e5a7-43bd-8478-cd8fdc57db86','status','"inbox"','"next"',NULL);
INSERT INTO "change" VALUES(7,1,'5389397f-e5a7-43bd-8478-cd8fdc57db86','order_key',NULL,'"V0000000"',NULL);
INSERT INTO "change" VALUES(8,0,'','search:starred',NULL,'"is:starred"',NULL);
INSERT INTO "change" VALUES(9,0,'5389397f-e5a7-43bd-8478-cd8fdc57db86','trashed',NULL,'"2026-11-24T02:22:54Z"',NULL);
INSERT INTO "change" VALUES(10,0,'5389397f-e5a7-43bd-8478-cd8fdc57db86','trashed','"2026-11-24T02:22:54Z"',NULL,NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    actor TEXT NOT NULL,
    seq INTEGER NOT NULL,
    session TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    edited INTEGER NOT NULL,
    stretch TEXT,
    papers TEXT,
    reverses INTEGER REFERENCES entry (id),
    reversed_by INTEGER REFERENCES entry (id),
    UNIQUE (actor, seq)
);
INSERT INTO "entry" VALUES(1,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',1,'fd7e56a1-75c6-4092-ba1d-d18ff9161a6a','2026-11-24T02:22:53Z','edit','Add',1,NULL,'{"added": [[1, 1]]}',NULL,NULL);
INSERT INTO "entry" VALUES(2,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',2,'a47ed4c1-d363-4480-bce5-91a1f9bde6e1','2026-11-24T02:22:54Z','edit','Add',1,NULL,'{"added": [[2, 2]]}',NULL,NULL);
INSERT INTO "entry" VALUES(3,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',3,'4d2477af-c885-448f-b240-8e7808f88cd7','2026-11-24T02:22:54Z','edit','Star',1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(4,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',4,'79417e83-1093-4bd5-84ba-f1b3f60636bc','2026-11-24T02:22:54Z','edit','Note',1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(5,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',5,'1e76f92e-9bee-44f8-a37d-b5f1844eeec9','2026-11-24T02:22:54Z','edit','Tag',1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(6,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',6,'1846d13f-faf2-4c30-91e2-6ae94d13a887','2026-11-24T02:22:54Z','edit','Highlight',1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(7,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',7,'30185957-b76b-4f48-b941-e98687fd75bd','2026-11-24T02:22:54Z','edit','Move to Up next',1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(8,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',8,'f176ae68-921b-44f8-bd8f-b1433ea8290c','2026-11-24T02:22:54Z','edit','Save search',0,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(9,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',9,'dbc6094c-3102-4e92-a17c-334235779448','2026-11-24T02:22:54Z','edit','Remove',1,NULL,NULL,NULL,10);
INSERT INTO "entry" VALUES(10,'3fe3cc3c-3425-4fe4-ba01-cae380cfe581',10,'50e2dfce-8126-4afd-bef8-b96337628550','2026-11-24T02:22:55Z','undo','Remove',1,NULL,NULL,9,NULL);
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    name TEXT,
    added TEXT NOT NULL
);
INSERT INTO "feed" VALUES(1,'0c1f7a9e-8f5d-4b0b-9d5f-2f4f0a7b6c11','arxiv:cs.CL','Language','2026-11-30T16:00:00Z');
CREATE TABLE feed_state (
    feed INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    state TEXT NOT NULL
);
CREATE TABLE highlight (
    id TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    colour TEXT NOT NULL,
    comment TEXT,
    created TEXT NOT NULL
);
INSERT INTO "highlight" VALUES('572ca520-4480-488d-8e99-2aca3acbd4c3',1,'first schema','A library of the ',' must open for ever.',17,29,'yellow',NULL,'2026-11-24T02:22:54Z');
CREATE TABLE library (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "library" VALUES('id','f98df6d4-f260-40a7-870a-c0e2b24501bf');
CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, paper INTEGER NOT NULL);
INSERT INTO "outbox" VALUES(5,1);
INSERT INTO "outbox" VALUES(6,2);
CREATE TABLE paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL DEFAULT 1,
    status TEXT NOT NULL DEFAULT 'inbox',
    order_key TEXT,
    until TEXT,
    starred INTEGER NOT NULL DEFAULT 0,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    finished TEXT,
    trashed TEXT,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    doi_key TEXT,
    arxiv_key TEXT,
    author_key TEXT NOT NULL,
    authors TEXT,
    year INTEGER,
    published TEXT,
    listed TEXT,
    venue TEXT,
    doi TEXT,
    arxiv_id TEXT,
    url TEXT,
    links TEXT,
    keywords TEXT,
    upvotes INTEGER,
    submitted_by TEXT,
    source TEXT NOT NULL,
    version TEXT,
    corrected TEXT,
    extra TEXT,
    note TEXT,
    abstract TEXT
, note_hash TEXT);
INSERT INTO "paper" VALUES(1,'deee2583-c5bf-45cf-add1-1b87db3de23f',4,'inbox',NULL,NULL,1,'2026-11-24T02:22:53Z','2026-11-24T02:22:54Z',NULL,NULL,'Schema one and all','schema one and all','10.1000/one',NULL,'example','["Ada Example"]',2024,NULL,NULL,NULL,'10.1000/one',NULL,NULL,NULL,NULL,NULL,NULL,'manual',NULL,NULL,NULL,NULL,'A library of the first schema must open for ever.',NULL);
INSERT INTO "paper" VALUES(2,'5389397f-e5a7-43bd-8478-cd8fdc57db86',5,'next','V0000000',NULL,0,'2026-11-24T02:22:54Z','2026-11-24T02:22:55Z',NULL,NULL,'Second thoughts','second thoughts',NULL,'2401.00001','',NULL,NULL,NULL,NULL,NULL,NULL,'2401.00001',NULL,NULL,NULL,NULL,NULL,'manual',NULL,NULL,NULL,'A note of old.','Nothing is lost.','a6d80c744ae259e19375768600783dca');
CREATE TABLE paper_tag (
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (paper, tag)
) WITHOUT ROWID;
INSERT INTO "paper_tag" VALUES(1,1);
CREATE TABLE search (name TEXT PRIMARY KEY COLLATE NOCASE, query TEXT NOT NULL);
INSERT INTO "search" VALUES('starred','is:starred');
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    colour TEXT
);
INSERT INTO "tag" VALUES(1,'old/times','old/times','#2A5BD0');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX paper_doi ON paper (doi) WHERE doi IS NOT NULL;
CREATE INDEX paper_arxiv ON paper (arxiv_id) WHERE arxiv_id IS NOT NULL;
CREATE INDEX paper_listing ON paper (trashed, added DESC, id, status, until, starred, year);
CREATE INDEX paper_year ON paper (year, id);
CREATE INDEX paper_queue ON paper (order_key, id) WHERE status = 'next';
CREATE INDEX paper_starred ON paper (id) WHERE starred;
CREATE INDEX paper_noted ON paper (id) WHERE note IS NOT NULL;
CREATE INDEX paper_until ON paper (until) WHERE until IS NOT NULL;
CREATE INDEX paper_finished ON paper (finished) WHERE finished IS NOT NULL;
CREATE INDEX paper_tag_tag ON paper_tag (tag, paper);
CREATE INDEX highlight_paper ON highlight (paper);
CREATE INDEX entry_open ON entry (kind, id) WHERE reversed_by IS NULL;
CREATE INDEX outbox_paper ON outbox (paper);
CREATE INDEX paper_title ON paper (title_key, trashed, id);
CREATE INDEX paper_doi_key ON paper (doi_key, trashed, id) WHERE doi_key IS NOT NULL;
CREATE INDEX paper_arxiv_key ON paper (arxiv_key, trashed, id) WHERE arxiv_key IS NOT NULL;
CREATE INDEX paper_abstract ON paper (id) WHERE abstract IS NOT NULL;
CREATE INDEX paper_code ON paper (id) WHERE ifnull(instr(links, '["code",'), 0);
CREATE INDEX paper_pdf ON paper (id) WHERE ifnull(instr(links, '["pdf",'), 0);
CREATE INDEX paper_origin ON paper (listed, source, upvotes, changed);
CREATE INDEX announcement_day ON announcement (feed, day);
CREATE INDEX announcement_paper ON announcement (paper);
CREATE INDEX paper_revised ON paper (id) WHERE ifnull(instr(extra, '"revised_since_read":'), 0);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('paper',2);
INSERT INTO "sqlite_sequence" VALUES('outbox',6);
INSERT INTO "sqlite_sequence" VALUES('entry',10);
INSERT INTO "sqlite_sequence" VALUES('feed',1);
COMMIT;
