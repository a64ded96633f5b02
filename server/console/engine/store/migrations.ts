/**
 * The store's schema as the steps that made it. The database's user_version counts the steps taken, so a step that was ever released is never
 * changed: the next one is added below. Times are milliseconds since 1970, but in `recent` and `chunk`, which have seconds.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE series (
     id INTEGER PRIMARY KEY,
     cluster TEXT NOT NULL,
     kind TEXT NOT NULL,
     name TEXT NOT NULL,
     part TEXT NOT NULL,
     UNIQUE (cluster, kind, name, part)
   );
   -- Points as they come; packed into chunks after some minutes.
   CREATE TABLE recent (
     at INTEGER NOT NULL,
     series INTEGER NOT NULL,
     value INTEGER NOT NULL,
     PRIMARY KEY (series, at)
   ) WITHOUT ROWID;
   -- The points of one series from start until the next chunk, packed by point-codec.ts. stepSeconds is 10 or 300.
   CREATE TABLE chunk (
     series INTEGER NOT NULL,
     stepSeconds INTEGER NOT NULL,
     start INTEGER NOT NULL,
     points BLOB NOT NULL
   );
   CREATE UNIQUE INDEX chunkByStart ON chunk (series, stepSeconds, start);

   CREATE TABLE job (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     cluster TEXT NOT NULL,
     title TEXT NOT NULL,
     detail TEXT NOT NULL,
     actor TEXT NOT NULL,
     state TEXT NOT NULL,
     input TEXT NOT NULL,
     checkpoint TEXT,
     progress TEXT NOT NULL,
     problem TEXT,
     createdAtMs INTEGER NOT NULL,
     startedAtMs INTEGER,
     endedAtMs INTEGER
   );
   CREATE TABLE jobLog (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
     atMs INTEGER NOT NULL,
     text TEXT NOT NULL
   );
   CREATE INDEX jobLogByJob ON jobLog (job, id);

   CREATE TABLE journal (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     atMs INTEGER NOT NULL,
     durationMs INTEGER NOT NULL,
     actor TEXT NOT NULL,
     cluster TEXT NOT NULL,
     kind TEXT NOT NULL,
     title TEXT NOT NULL,
     targetType TEXT NOT NULL,
     targetName TEXT NOT NULL,
     summary TEXT NOT NULL,
     outcome TEXT NOT NULL,
     input TEXT NOT NULL,
     before TEXT NOT NULL,
     after TEXT NOT NULL,
     problem TEXT,
     cli TEXT,
     code TEXT,
     fingerprint TEXT,
     jobId INTEGER,
     reverts INTEGER,
     revertedBy INTEGER
   );
   CREATE INDEX journalByCluster ON journal (cluster, id);`,
  `-- How far a search is, and what it has found. Both go with their job.
   CREATE TABLE search (
     job INTEGER PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
     facts TEXT NOT NULL
   );
   CREATE TABLE searchMatch (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
     topic TEXT NOT NULL,
     "partition" INTEGER NOT NULL,
     "offset" INTEGER NOT NULL,
     timestampMs INTEGER NOT NULL,
     record TEXT NOT NULL,
     UNIQUE (job, topic, "partition", "offset")
   );
   CREATE INDEX searchMatchByJob ON searchMatch (job, sequence);
   CREATE TABLE savedSearch (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     topic TEXT NOT NULL,
     name TEXT NOT NULL,
     query TEXT NOT NULL,
     actor TEXT NOT NULL,
     createdAtMs INTEGER NOT NULL,
     UNIQUE (cluster, topic, name)
   );`,
  `-- Rules, targets and what fired. A rule and a target are their contract as JSON.
   CREATE TABLE alertRule (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     rule TEXT NOT NULL,
     silencedUntilMs INTEGER
   );
   CREATE TABLE alertTarget (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     target TEXT NOT NULL
   );
   -- Outlives its rule: what fired is history.
   CREATE TABLE alert (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     rule INTEGER NOT NULL,
     ruleName TEXT NOT NULL,
     condition TEXT NOT NULL,
     severity TEXT NOT NULL,
     subjectType TEXT NOT NULL,
     subjectName TEXT NOT NULL,
     threshold REAL NOT NULL,
     peak REAL NOT NULL,
     text TEXT NOT NULL,
     isSilenced INTEGER NOT NULL,
     startedAtMs INTEGER NOT NULL,
     endedAtMs INTEGER
   );
   CREATE INDEX alertByCluster ON alert (cluster, id);
   CREATE TABLE alertDelivery (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     alert INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
     target INTEGER NOT NULL,
     targetName TEXT NOT NULL,
     about TEXT NOT NULL,
     state TEXT NOT NULL,
     attempts INTEGER NOT NULL,
     problem TEXT,
     atMs INTEGER NOT NULL,
     nextAtMs INTEGER NOT NULL
   );
   CREATE INDEX alertDeliveryByAlert ON alertDelivery (alert, id);
   CREATE INDEX alertDeliveryDue ON alertDelivery (nextAtMs) WHERE state = 'waiting';`,
  `-- What people keep about topics: notes for everybody, favourites for each, views of the list.
   CREATE TABLE topicNotes (
     cluster TEXT NOT NULL,
     topic TEXT NOT NULL,
     labels TEXT NOT NULL,
     documentation TEXT NOT NULL,
     PRIMARY KEY (cluster, topic)
   ) WITHOUT ROWID;
   CREATE TABLE favouriteTopic (
     cluster TEXT NOT NULL,
     actor TEXT NOT NULL,
     topic TEXT NOT NULL,
     PRIMARY KEY (cluster, actor, topic)
   ) WITHOUT ROWID;
   CREATE TABLE topicView (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     name TEXT NOT NULL,
     query TEXT NOT NULL,
     actor TEXT NOT NULL,
     UNIQUE (cluster, name)
   );`,
  `-- How far a cluster's journal was written to a topic of it.
   CREATE TABLE journalSent (
     cluster TEXT NOT NULL,
     topic TEXT NOT NULL,
     entry INTEGER NOT NULL,
     PRIMARY KEY (cluster, topic)
   ) WITHOUT ROWID;`,
  `CREATE TABLE rebalance (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     cluster TEXT NOT NULL,
     groupId TEXT NOT NULL,
     atMs INTEGER NOT NULL,
     event TEXT NOT NULL
   );
   CREATE INDEX rebalanceByGroup ON rebalance (cluster, groupId, id);
   CREATE INDEX rebalanceByTime ON rebalance (cluster, atMs);`,
  `-- Points are packed in another way: what was packed before cannot be read any more.
   DELETE FROM chunk;`,
  `-- What the journal is narrowed to stands in its index, so that only entries that match are looked up.
   DROP INDEX journalByCluster;
   CREATE INDEX journalByCluster ON journal (cluster, id, atMs, actor, kind, outcome, revertedBy);
   CREATE INDEX journalByActor ON journal (cluster, actor);
   CREATE INDEX journalByKind ON journal (cluster, kind);`,
];
