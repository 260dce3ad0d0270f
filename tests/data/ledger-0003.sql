PRAGMA application_id = 1094927172;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE fetches (
  address TEXT NOT NULL,
  url TEXT NOT NULL,
  etag TEXT,
  modified TEXT,
  fetched TEXT NOT NULL,
  item TEXT NOT NULL,
  media TEXT,
  body BLOB NOT NULL,
  CONSTRAINT pk_fetches PRIMARY KEY (address)
)
 STRICT;
CREATE TABLE runs (
  n INTEGER NOT NULL,
  command TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT,
  according TEXT NOT NULL,
  model TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  gazetteer TEXT NOT NULL,
  CONSTRAINT pk_runs PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE sources (
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT pk_sources PRIMARY KEY (n),
  CONSTRAINT uq_sources_name UNIQUE (name)
)
 STRICT;
CREATE TABLE stages (
  subject TEXT NOT NULL,
  stage TEXT NOT NULL CONSTRAINT ck_stages_stage CHECK (stage IN ('fetch', 'extract', 'code')),
  version TEXT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_stages_state CHECK (state IN ('done', 'retry', 'quarantined')),
  reason TEXT,
  message TEXT,
  place TEXT NOT NULL,
  origin TEXT NOT NULL,
  tries INTEGER DEFAULT '0' NOT NULL,
  changed TEXT NOT NULL,
  CONSTRAINT pk_stages PRIMARY KEY (subject, stage, version)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE tombstones (
  "key" TEXT NOT NULL,
  why TEXT NOT NULL,
  person TEXT,
  forgotten TEXT NOT NULL,
  CONSTRAINT pk_tombstones PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE reports (
  n INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  id TEXT NOT NULL,
  source INTEGER,
  outlet TEXT,
  url TEXT,
  address TEXT,
  title TEXT,
  byline TEXT,
  published TEXT,
  language TEXT,
  text_sha256 TEXT NOT NULL,
  raw_sha256 TEXT,
  extractor TEXT,
  taken TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  shingles INTEGER NOT NULL,
  replaced_by INTEGER,
  original INTEGER,
  text TEXT NOT NULL,
  furniture TEXT DEFAULT '[]' NOT NULL,
  dropped TEXT DEFAULT '[]' NOT NULL,
  notes TEXT DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_reports PRIMARY KEY (n),
  CONSTRAINT uq_reports_key UNIQUE ("key"),
  CONSTRAINT fk_reports_source FOREIGN KEY(source) REFERENCES sources (n),
  CONSTRAINT fk_reports_replaced_by FOREIGN KEY(replaced_by) REFERENCES reports (n) ON DELETE SET NULL,
  CONSTRAINT fk_reports_original FOREIGN KEY(original) REFERENCES reports (n) ON DELETE SET NULL
)
 STRICT;
CREATE TABLE claims (
  n INTEGER NOT NULL,
  report INTEGER NOT NULL,
  id TEXT NOT NULL,
  run INTEGER NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  manner TEXT NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_stop INTEGER NOT NULL,
  trigger_text TEXT NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_stop INTEGER NOT NULL,
  sentence_text TEXT NOT NULL,
  page INTEGER,
  place_start INTEGER,
  place_stop INTEGER,
  place_text TEXT,
  place_name TEXT,
  place_geonames_id INTEGER,
  place_lat REAL,
  place_lon REAL,
  place_feature TEXT,
  place_admin1 TEXT,
  place_admin2 TEXT,
  place_country TEXT,
  place_precision TEXT,
  place_radius_km REAL,
  place_score REAL,
  place_derived TEXT,
  place_folded TEXT,
  place_folded_words TEXT,
  time_start INTEGER,
  time_stop INTEGER,
  time_text TEXT,
  time_from TEXT,
  time_to TEXT,
  time_precision TEXT,
  time_anchor TEXT,
  event INTEGER,
  evidence TEXT DEFAULT '[]' NOT NULL,
  confidence REAL NOT NULL,
  verdict TEXT,
  machine TEXT,
  withdrawn INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_claims_withdrawn CHECK (withdrawn IN (0, 1)),
  CONSTRAINT pk_claims PRIMARY KEY (n),
  CONSTRAINT uq_claims_report_id UNIQUE (report, id),
  CONSTRAINT fk_claims_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE,
  CONSTRAINT fk_claims_run FOREIGN KEY(run) REFERENCES runs (n)
)
 STRICT;
CREATE TABLE decisions (
  n INTEGER NOT NULL,
  report INTEGER NOT NULL,
  claim TEXT NOT NULL,
  verdict TEXT NOT NULL,
  correction TEXT,
  seen TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  decided TEXT NOT NULL,
  CONSTRAINT pk_decisions PRIMARY KEY (n),
  CONSTRAINT fk_decisions_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 STRICT;
CREATE TABLE likenesses (
  copy INTEGER NOT NULL,
  earlier INTEGER NOT NULL,
  CONSTRAINT pk_likenesses PRIMARY KEY (copy),
  CONSTRAINT fk_likenesses_copy FOREIGN KEY(copy) REFERENCES reports (n) ON DELETE CASCADE,
  CONSTRAINT fk_likenesses_earlier FOREIGN KEY(earlier) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE pages (
  report INTEGER NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  CONSTRAINT pk_pages PRIMARY KEY (report, number),
  CONSTRAINT fk_pages_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE sightings (
  report INTEGER NOT NULL,
  place TEXT NOT NULL,
  item TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  CONSTRAINT pk_sightings PRIMARY KEY (report, place),
  CONSTRAINT fk_sightings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE sketches (
  hash INTEGER NOT NULL,
  report INTEGER NOT NULL,
  CONSTRAINT pk_sketches PRIMARY KEY (hash, report),
  CONSTRAINT fk_sketches_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE figures (
  claim INTEGER NOT NULL,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  text TEXT NOT NULL,
  measure TEXT NOT NULL,
  counted TEXT,
  low INTEGER,
  high INTEGER,
  cumulative INTEGER NOT NULL,
  approximate INTEGER NOT NULL,
  CONSTRAINT pk_figures PRIMARY KEY (claim, position),
  CONSTRAINT fk_figures_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE parties (
  claim INTEGER NOT NULL,
  role TEXT NOT NULL CONSTRAINT ck_parties_role CHECK (role IN ('said_by', 'actor', 'target')),
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  text TEXT NOT NULL,
  actor TEXT,
  folded TEXT NOT NULL,
  CONSTRAINT pk_parties PRIMARY KEY (claim, role, position),
  CONSTRAINT fk_parties_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE surroundings (
  claim INTEGER NOT NULL,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  text TEXT NOT NULL,
  name TEXT,
  geonames_id INTEGER,
  lat REAL,
  lon REAL,
  feature TEXT,
  admin1 TEXT,
  admin2 TEXT,
  country TEXT,
  precision TEXT,
  radius_km REAL,
  score REAL,
  derived TEXT,
  folded TEXT,
  folded_words TEXT,
  CONSTRAINT pk_surroundings PRIMARY KEY (claim, position),
  CONSTRAINT fk_surroundings_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE ungrouped (
  report INTEGER NOT NULL,
  CONSTRAINT pk_ungrouped PRIMARY KEY (report),
  CONSTRAINT fk_ungrouped_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE groupings (
  version TEXT NOT NULL,
  CONSTRAINT pk_groupings PRIMARY KEY (version)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE happenings (
  n INTEGER NOT NULL,
  report INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  features TEXT NOT NULL,
  event TEXT,
  level INTEGER,
  CONSTRAINT pk_happenings PRIMARY KEY (n),
  CONSTRAINT fk_happenings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE,
  CONSTRAINT uq_happenings_key UNIQUE ("key")
)
 STRICT;
CREATE TABLE tellings (
  claim INTEGER NOT NULL,
  happening INTEGER NOT NULL,
  seed TEXT NOT NULL,
  CONSTRAINT pk_tellings PRIMARY KEY (claim),
  CONSTRAINT fk_tellings_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE,
  CONSTRAINT fk_tellings_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE namings (
  report INTEGER NOT NULL,
  words TEXT NOT NULL,
  tells INTEGER NOT NULL,
  CONSTRAINT pk_namings PRIMARY KEY (report),
  CONSTRAINT fk_namings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE blocks (
  "key" INTEGER NOT NULL,
  happening INTEGER NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_blocks PRIMARY KEY ("key", happening),
  CONSTRAINT fk_blocks_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE links (
  one INTEGER NOT NULL,
  other INTEGER NOT NULL,
  points REAL NOT NULL,
  CONSTRAINT pk_links PRIMARY KEY (one, other),
  CONSTRAINT fk_links_one FOREIGN KEY(one) REFERENCES happenings (n) ON DELETE CASCADE,
  CONSTRAINT fk_links_other FOREIGN KEY(other) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE events (
  id TEXT NOT NULL,
  first TEXT,
  last TEXT,
  reports INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE former_events (
  id TEXT NOT NULL,
  event TEXT,
  CONSTRAINT pk_former_events PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE event_decisions (
  n INTEGER NOT NULL,
  verdict TEXT NOT NULL CONSTRAINT ck_event_decisions_verdict CHECK (verdict IN ('merge', 'split')),
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  decided TEXT NOT NULL,
  CONSTRAINT pk_event_decisions PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE summaries (
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  grade TEXT NOT NULL,
  first TEXT,
  last TEXT,
  place TEXT,
  country TEXT,
  located TEXT,
  lat REAL,
  lon REAL,
  radius_km REAL,
  actors TEXT NOT NULL,
  targets TEXT NOT NULL,
  speakers TEXT NOT NULL,
  figures TEXT NOT NULL,
  killed INTEGER,
  told_first TEXT,
  told_last TEXT,
  claims INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  CONSTRAINT pk_summaries PRIMARY KEY (event),
  CONSTRAINT fk_summaries_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE users (
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CONSTRAINT ck_users_role CHECK (role IN ('viewer', 'reviewer', 'editor', 'admin')),
  password TEXT,
  created TEXT NOT NULL,
  disabled TEXT,
  CONSTRAINT pk_users PRIMARY KEY (n),
  CONSTRAINT uq_users_name UNIQUE (name)
)
 STRICT;
CREATE TABLE tokens (
  n INTEGER NOT NULL,
  user INTEGER NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT,
  used TEXT,
  revoked TEXT,
  CONSTRAINT pk_tokens PRIMARY KEY (n),
  CONSTRAINT fk_tokens_user FOREIGN KEY(user) REFERENCES users (n) ON DELETE CASCADE,
  CONSTRAINT uq_tokens_hash UNIQUE (hash)
)
 STRICT;
CREATE TABLE sessions (
  hash TEXT NOT NULL,
  user INTEGER NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (hash),
  CONSTRAINT fk_sessions_user FOREIGN KEY(user) REFERENCES users (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE audit (
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  "before" TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit PRIMARY KEY (n),
  CONSTRAINT uq_audit_hash UNIQUE (hash)
)
 STRICT;
CREATE TABLE second_opinions (
  n INTEGER NOT NULL,
  report INTEGER NOT NULL,
  claim TEXT NOT NULL,
  verdict TEXT NOT NULL,
  correction TEXT,
  seen TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  decided TEXT NOT NULL,
  CONSTRAINT pk_second_opinions PRIMARY KEY (n),
  CONSTRAINT fk_second_opinions_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 STRICT;
CREATE TABLE flags (
  n INTEGER NOT NULL,
  report INTEGER NOT NULL,
  claim TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  raised TEXT NOT NULL,
  settled TEXT,
  CONSTRAINT pk_flags PRIMARY KEY (n),
  CONSTRAINT fk_flags_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 STRICT;
CREATE INDEX ix_fetches_item ON fetches (item);
CREATE INDEX ix_stages_state_stage ON stages (state, stage);
CREATE INDEX ix_reports_address ON reports (address);
CREATE INDEX ix_reports_id ON reports (id);
CREATE INDEX ix_reports_original ON reports (original);
CREATE INDEX ix_reports_published ON reports (published);
CREATE INDEX ix_reports_replaced_by ON reports (replaced_by);
CREATE INDEX ix_reports_source ON reports (source);
CREATE INDEX ix_reports_text_sha256 ON reports (text_sha256);
CREATE INDEX ix_claims_country_time ON claims (place_country, time_from, time_to);
CREATE INDEX ix_claims_id ON claims (id);
CREATE INDEX ix_claims_place_time ON claims (place_folded, time_from, time_to);
CREATE INDEX ix_claims_time ON claims (time_from, time_to);
CREATE INDEX ix_claims_type_time ON claims (type, time_from, time_to);
CREATE INDEX ix_claims_words_time ON claims (place_folded_words, time_from, time_to);
CREATE INDEX ix_decisions_claim ON decisions (claim);
CREATE INDEX ix_decisions_report ON decisions (report);
CREATE INDEX ix_likenesses_earlier ON likenesses (earlier);
CREATE INDEX ix_sightings_item ON sightings (item);
CREATE INDEX ix_sketches_report ON sketches (report);
CREATE INDEX ix_figures_measure_low ON figures (measure, low);
CREATE INDEX ix_parties_actor ON parties (actor) WHERE actor IS NOT NULL;
CREATE INDEX ix_parties_folded ON parties (folded);
CREATE INDEX ix_surroundings_folded ON surroundings (folded);
CREATE INDEX ix_surroundings_folded_words ON surroundings (folded_words);
CREATE INDEX ix_happenings_event ON happenings (event);
CREATE INDEX ix_happenings_report ON happenings (report);
CREATE INDEX ix_tellings_happening ON tellings (happening);
CREATE INDEX ix_tellings_seed ON tellings (seed);
CREATE INDEX ix_blocks_happening ON blocks (happening);
CREATE INDEX ix_links_other ON links (other);
CREATE INDEX ix_events_first_id ON events (first, id);
CREATE INDEX ix_summaries_country_first ON summaries (country, first);
CREATE INDEX ix_summaries_first_event ON summaries (first, event);
CREATE INDEX ix_summaries_type_first ON summaries (type, first);
CREATE INDEX ix_tokens_user ON tokens (user);
CREATE INDEX ix_sessions_user ON sessions (user);
CREATE INDEX ix_second_opinions_claim ON second_opinions (claim);
CREATE INDEX ix_second_opinions_report ON second_opinions (report);
CREATE INDEX ix_flags_claim ON flags (claim);
CREATE INDEX ix_flags_report ON flags (report)
;
CREATE VIRTUAL TABLE claim_words USING fts5(sentence_text, content='claims', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_boxes USING rtree(n, west, east, south, north);
CREATE TRIGGER claims_inserted AFTER INSERT ON claims BEGIN
  INSERT INTO claim_words(rowid, sentence_text) VALUES (new.n, new.sentence_text);
END;
CREATE TRIGGER claims_deleted AFTER DELETE ON claims BEGIN
  INSERT INTO claim_words(claim_words, rowid, sentence_text) VALUES ('delete', old.n, old.sentence_text);
  DELETE FROM claim_boxes WHERE n = old.n;
END;
CREATE TRIGGER claims_reworded AFTER UPDATE OF sentence_text ON claims BEGIN
  INSERT INTO claim_words(claim_words, rowid, sentence_text) VALUES ('delete', old.n, old.sentence_text);
  INSERT INTO claim_words(rowid, sentence_text) VALUES (new.n, new.sentence_text);
END;
CREATE TRIGGER claims_placed AFTER INSERT ON claims WHEN new.place_lat IS NOT NULL BEGIN
  INSERT INTO claim_boxes VALUES (new.n, new.place_lon, new.place_lon, new.place_lat, new.place_lat);
END;
CREATE TRIGGER claims_moved AFTER UPDATE OF place_lat, place_lon ON claims BEGIN
  DELETE FROM claim_boxes WHERE n = old.n;
  INSERT INTO claim_boxes SELECT new.n, new.place_lon, new.place_lon, new.place_lat, new.place_lat WHERE new.place_lat IS NOT NULL;
END;
CREATE TRIGGER reports_inserted AFTER INSERT ON reports BEGIN
  INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER reports_deleted AFTER DELETE ON reports BEGIN
  INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
CREATE TRIGGER reports_reworded AFTER UPDATE OF title, text ON reports BEGIN
  INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
  INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE VIEW claim_facts AS
SELECT c.n AS claim, r.id AS report, s.name AS source, r.title, r.published, c.type, c.status, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'said_by') AS said_by, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'actor') AS actor,
  (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'target') AS target, c.place_text AS place, c.place_name AS located_as, c.place_country AS country, c.place_lat AS latitude, c.place_lon AS longitude,
  c.place_precision AS place_precision, c.time_text AS time, c.time_from AS from_day, c.time_to AS to_day,
  (SELECT group_concat(f.text || ' ' || f.measure, '; ') FROM figures f WHERE f.claim = c.n) AS figures,
  c.trigger_text AS words, c.sentence_text AS sentence, c.page, c.verdict, c.confidence, r.url, r.replaced_by, r.original
FROM claims c JOIN reports r ON r.n = c.report LEFT JOIN sources s ON s.n = r.source;
CREATE VIEW figure_facts AS
SELECT f.claim, r.id AS report, s.name AS source, r.published, c.type, c.status, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'said_by') AS said_by, f.text AS figure, f.measure, f.counted,
  f.low, f.high, f.cumulative, f.approximate, c.place_text AS place, c.place_country AS country, c.time_from AS from_day, c.time_to AS to_day,
  c.sentence_text AS sentence
FROM figures f JOIN claims c ON c.n = f.claim JOIN reports r ON r.n = c.report LEFT JOIN sources s ON s.n = r.source;
CREATE VIEW report_facts AS
SELECT r.n AS report, r.id, s.name AS source, r.title, r.published, r.url, r.first_seen, r.last_seen, length(r.text) AS characters,
  (SELECT count(*) FROM claims c WHERE c.report = r.n) AS claims, newer.id AS replaced_by, original.id AS copy_of
FROM reports r LEFT JOIN sources s ON s.n = r.source LEFT JOIN reports newer ON newer.n = r.replaced_by
  LEFT JOIN reports original ON original.n = r.original;
INSERT INTO alembic_version VALUES ('0003');
INSERT INTO event_decisions VALUES (1, 'merge', '[["02b4304223a9656f", "50d84696b77ab4b7"], ["822da3378ec06bf7", "50d84696b77ab4b7"]]', '[["02b4304223a9656f", "533691e4fd89ad72"], ["02b4304223a9656f", "5f0c338afdaed806"], ["02b4304223a9656f", "e3c6c410ed9f7ba0"], ["822da3378ec06bf7", "e3c6c410ed9f7ba0"]]', 'one battle', 'Amina', '2031-05-17T06:00:00Z');
INSERT INTO event_decisions VALUES (2, 'split', '[["02b4304223a9656f", "50d84696b77ab4b7"], ["02b4304223a9656f", "533691e4fd89ad72"], ["02b4304223a9656f", "5f0c338afdaed806"], ["822da3378ec06bf7", "50d84696b77ab4b7"]]', '[["02b4304223a9656f", "e3c6c410ed9f7ba0"], ["822da3378ec06bf7", "e3c6c410ed9f7ba0"]]', NULL, 'Amina', '2031-05-17T06:00:00Z');
INSERT INTO events VALUES ('e3ef53df9b008', '2031-05-16', '2031-05-16', 2, 4);
INSERT INTO events VALUES ('e8d650da6d113', NULL, NULL, 2, 2);
INSERT INTO events VALUES ('ef3f3d674e499', '2031-05-16', '2031-05-16', 1, 1);
INSERT INTO fetches VALUES ('https://herald.example/tal-hamra', 'https://herald.example/tal-hamra', '"1"', NULL, '2031-05-17T06:00:00Z', 'b', NULL, X'789CB329B00B484C4FB5D12FB0030015520381');
INSERT INTO former_events VALUES ('e147e5fa4968b', 'e3ef53df9b008');
INSERT INTO groupings VALUES ('0.1.0/6d83edff688a');
INSERT INTO runs VALUES (1, 'ingest', '2031-05-17T06:00:00Z', NULL, '0.1', 'model', 'words', 'places');
INSERT INTO runs VALUES (2, 'ingest', '2031-05-17T06:00:00Z', NULL, '0.1', 'model', 'words', 'places');
INSERT INTO runs VALUES (3, 'ingest', '2031-05-17T06:00:00Z', NULL, '0.1', 'model', 'words', 'places');
INSERT INTO runs VALUES (4, 'ingest', '2031-05-17T06:00:00Z', NULL, '0.1', 'model', 'words', 'places');
INSERT INTO sources VALUES (1, 'Frontline Herald');
INSERT INTO sources VALUES (2, 'Other');
INSERT INTO stages VALUES ('02b4304223a9656f', 'code', '0.1/model/words/places', 'done', NULL, NULL, '/in/a.pdf', '/in/a.pdf', 0, '2031-05-17T06:00:00Z');
INSERT INTO stages VALUES ('7b2b0d34292b059c', 'code', '0.1/model/words/places', 'done', NULL, NULL, '/in/c.txt', '/in/c.txt', 0, '2031-05-17T06:00:00Z');
INSERT INTO stages VALUES ('822da3378ec06bf7', 'code', '0.1/model/words/places', 'done', NULL, NULL, 'https://herald.example/tal-hamra', 'https://herald.example/tal-hamra', 0, '2031-05-17T06:00:00Z');
INSERT INTO stages VALUES ('bomb', 'extract', '1', 'quarantined', 'Unsafe', '/in/bomb.zip: it is a bomb.', '/in/bomb.zip', '/in', 1, '2031-05-17T06:00:00Z');
INSERT INTO stages VALUES ('https://herald.example/tal-hamra', 'fetch', '1', 'done', NULL, NULL, 'https://herald.example/tal-hamra', 'https://herald.example/tal-hamra', 0, '2031-05-17T06:00:00Z');
INSERT INTO tombstones VALUES ('bf9df024369f0023', 'a witness asked', 'Amina', '2031-05-17T06:00:00Z');
INSERT INTO reports VALUES (1, '02b4304223a9656f', 'tal-hamra', 1, 'Frontline Herald', NULL, NULL, 'Army retakes Tal Hamra', NULL, '2031-05-16', NULL, '623754bac99b0bbd52222f8f0536e570808e2d1b87fbc855f644285e954056cd', NULL, NULL, NULL, '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z', 44, 2, NULL, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead. “We destroyed nearly 1,000 positions,” a spokesman told Reuters. The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', '[[0, 3]]', '["Share"]', '["a note"]');
INSERT INTO reports VALUES (2, '822da3378ec06bf7', 'tal-hamra', 1, 'Frontline Herald', 'https://herald.example/tal-hamra', 'https://herald.example/tal-hamra', 'Army retakes town', NULL, '2031-05-17', NULL, '623754bac99b0bbd52222f8f0536e570808e2d1b87fbc855f644285e954056cd', NULL, NULL, NULL, '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z', 44, NULL, NULL, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead. “We destroyed nearly 1,000 positions,” a spokesman told Reuters. The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', '[]', '[]', '[]');
INSERT INTO reports VALUES (3, '7b2b0d34292b059c', 'copy', 2, 'Other', NULL, NULL, 'Army retakes Tal Hamra', NULL, '2031-05-18', NULL, '623754bac99b0bbd52222f8f0536e570808e2d1b87fbc855f644285e954056cd', NULL, NULL, NULL, '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z', 44, NULL, 1, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead. “We destroyed nearly 1,000 positions,” a spokesman told Reuters. The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', '[]', '[]', '[]');
INSERT INTO claims VALUES (1, 1, '5f0c338afdaed806', 1, 'takes_territory', 'happened', 'reported', 36, 43, 'retaken', 0, 102, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead.', 1, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra', 17, 23, 'Friday', '2031-05-16', '2031-05-16', 'day', 'published', 1, '["takes.retake"]', 0.9, NULL, NULL, 0);
INSERT INTO claims VALUES (10, 2, '50d84696b77ab4b7', 2, 'shelling', 'possible', 'reported', 237, 245, 'shelling', 168, 272, 'The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 0.5, NULL, NULL, 0);
INSERT INTO claims VALUES (11, 2, '5f0c338afdaed806', 2, 'takes_territory', 'planned', 'reported', 36, 43, 'retaken', 0, 102, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead.', NULL, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra', 17, 23, 'Friday', '2031-05-16', '2031-05-16', 'day', 'published', 1, '["takes.retake"]', 0.9, 'correct', '{"id": "5f0c338afdaed806", "report": "tal-hamra", "sentence": {"start": 0, "end": 102, "text": "The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead."}, "trigger": {"start": 36, "end": 43, "text": "retaken"}, "type": "takes_territory", "status": "happened", "said_by": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "manner": "reported", "actor": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "target": [], "place": {"start": 44, "end": 53, "text": "Tal Hamra", "name": null, "geonames_id": null, "lat": null, "lon": null, "feature": null, "admin1": null, "admin2": null, "country": null, "precision": null, "radius_km": null, "score": null, "derived": null}, "within": [], "time": {"start": 17, "end": 23, "text": "Friday", "from": "2031-05-16", "to": "2031-05-16", "precision": "day", "anchor": "published"}, "figures": [], "event": 1, "evidence": ["takes.retake"], "confidence": 0.9}', 0);
INSERT INTO claims VALUES (12, 2, '533691e4fd89ad72', 2, 'armed_clash', 'happened', 'reported', 60, 67, 'clashes', 0, 102, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead.', NULL, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, '[]', 0.7, 'reject', NULL, 0);
INSERT INTO claims VALUES (2, 1, '533691e4fd89ad72', 1, 'armed_clash', 'happened', 'reported', 60, 67, 'clashes', 0, 102, 'The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead.', 1, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, '[]', 0.7, NULL, NULL, 0);
INSERT INTO claims VALUES (3, 1, '25704e02395887db', 1, 'destruction', 'happened', 'quoted', 107, 116, 'destroyed', 103, 167, '“We destroyed nearly 1,000 positions,” a spokesman told Reuters.', 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 0.8, NULL, NULL, 0);
INSERT INTO claims VALUES (4, 1, 'e3c6c410ed9f7ba0', 1, 'leaves_territory', 'denied', 'reported', 203, 207, 'lost', 168, 272, 'The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', 2, 44, 53, 'Tal Hamra', 'Tall Ḩamrā', 12345, -3.5, 36.25, 'PPL', NULL, NULL, 'SY', 'settlement', 2.0, 0.8, NULL, 'tall hamra', 'tal hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '[]', 0.6, NULL, NULL, 0);
INSERT INTO claims VALUES (5, 1, '50d84696b77ab4b7', 1, 'shelling', 'possible', 'reported', 237, 245, 'shelling', 168, 272, 'The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 0.5, NULL, NULL, 0);
INSERT INTO claims VALUES (8, 2, '25704e02395887db', 2, 'destruction', 'happened', 'quoted', 107, 116, 'destroyed', 103, 167, '“We destroyed nearly 1,000 positions,” a spokesman told Reuters.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 0.8, NULL, NULL, 0);
INSERT INTO claims VALUES (9, 2, 'e3c6c410ed9f7ba0', 2, 'leaves_territory', 'denied', 'reported', 203, 207, 'lost', 168, 272, 'The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women.', NULL, 44, 53, 'Tal Hamra', 'Tall Ḩamrā', 12345, -3.5, 36.25, 'PPL', NULL, NULL, 'SY', 'settlement', 2.0, 0.8, NULL, 'tall hamra', 'tal hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '[]', 0.6, NULL, NULL, 0);
INSERT INTO decisions VALUES (1, 2, '5f0c338afdaed806', 'correct', '{"id": "5f0c338afdaed806", "report": "tal-hamra", "sentence": {"start": 0, "end": 102, "text": "The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead."}, "trigger": {"start": 36, "end": 43, "text": "retaken"}, "type": "takes_territory", "status": "planned", "said_by": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "manner": "reported", "actor": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "target": [], "place": {"start": 44, "end": 53, "text": "Tal Hamra", "name": null, "geonames_id": null, "lat": null, "lon": null, "feature": null, "admin1": null, "admin2": null, "country": null, "precision": null, "radius_km": null, "score": null, "derived": null}, "within": [], "time": {"start": 17, "end": 23, "text": "Friday", "from": "2031-05-16", "to": "2031-05-16", "precision": "day", "anchor": "published"}, "figures": [], "event": 1, "evidence": ["takes.retake"], "confidence": 0.9}', '{"id": "5f0c338afdaed806", "report": "tal-hamra", "sentence": {"start": 0, "end": 102, "text": "The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead."}, "trigger": {"start": 36, "end": 43, "text": "retaken"}, "type": "takes_territory", "status": "happened", "said_by": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "manner": "reported", "actor": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "target": [], "place": {"start": 44, "end": 53, "text": "Tal Hamra", "name": null, "geonames_id": null, "lat": null, "lon": null, "feature": null, "admin1": null, "admin2": null, "country": null, "precision": null, "radius_km": null, "score": null, "derived": null}, "within": [], "time": {"start": 17, "end": 23, "text": "Friday", "from": "2031-05-16", "to": "2031-05-16", "precision": "day", "anchor": "published"}, "figures": [], "event": 1, "evidence": ["takes.retake"], "confidence": 0.9}', 'as its table says', 'Amina', '2031-05-17T06:00:00Z');
INSERT INTO decisions VALUES (2, 2, '533691e4fd89ad72', 'reject', NULL, '{"id": "533691e4fd89ad72", "report": "tal-hamra", "sentence": {"start": 0, "end": 102, "text": "The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead."}, "trigger": {"start": 60, "end": 67, "text": "clashes"}, "type": "armed_clash", "status": "happened", "said_by": [{"start": 0, "end": 8, "text": "The army", "actor": null}], "manner": "reported", "actor": [], "target": [{"start": 90, "end": 96, "text": "rebels", "actor": null}], "place": {"start": 44, "end": 53, "text": "Tal Hamra", "name": null, "geonames_id": null, "lat": null, "lon": null, "feature": null, "admin1": null, "admin2": null, "country": null, "precision": null, "radius_km": null, "score": null, "derived": null}, "within": [], "time": null, "figures": [{"start": 78, "end": 96, "text": "at least 12 rebels", "measure": "killed", "of": "rebels", "min": 12, "max": null, "cumulative": false, "approximate": false}], "event": 2, "evidence": [], "confidence": 0.7}', NULL, 'Amina', '2031-05-17T06:00:00Z');
INSERT INTO happenings VALUES (15, 1, '02b4304223a9656f:5f0c338afdaed806', '{"sort":"account","claims":["5f0c338afdaed806"],"start":36,"types":["takes_territory"],"when":[741578,741578],"places":["tal hamra"],"actors":["army"],"words":"12 friday"}', 'e3ef53df9b008', 0);
INSERT INTO happenings VALUES (16, 1, '02b4304223a9656f:533691e4fd89ad72', '{"sort":"account","claims":["533691e4fd89ad72"],"start":60,"types":["armed_clash"],"places":["tal hamra"],"targets":["rebels"],"figures":{"killed":[12,null]},"words":"12 friday"}', 'e3ef53df9b008', 0);
INSERT INTO happenings VALUES (17, 1, '02b4304223a9656f:e3c6c410ed9f7ba0', '{"sort":"denial","claims":["e3c6c410ed9f7ba0"],"start":203,"types":["leaves_territory"],"spots":[[-3.5,36.25,2.0,"SY",false]],"places":["tal hamra","tall hamra"],"actors":["hamra front"],"words":"front"}', 'e8d650da6d113', 0);
INSERT INTO happenings VALUES (18, 1, '02b4304223a9656f:50d84696b77ab4b7', '{"sort":"account","claims":["50d84696b77ab4b7"],"start":237,"types":["shelling"],"targets":["two women"],"figures":{"killed":[2,2]},"words":"front hamra"}', 'e3ef53df9b008', 0);
INSERT INTO happenings VALUES (19, 2, '822da3378ec06bf7:5f0c338afdaed806', '{"sort":"plan","claims":["5f0c338afdaed806"],"start":36,"types":["takes_territory"],"when":[741578,741578],"places":["tal hamra"],"actors":["army"],"words":"12 friday"}', 'ef3f3d674e499', 0);
INSERT INTO happenings VALUES (20, 2, '822da3378ec06bf7:e3c6c410ed9f7ba0', '{"sort":"denial","claims":["e3c6c410ed9f7ba0"],"start":203,"types":["leaves_territory"],"spots":[[-3.5,36.25,2.0,"SY",false]],"places":["tal hamra","tall hamra"],"actors":["hamra front"],"words":"front"}', 'e8d650da6d113', 0);
INSERT INTO happenings VALUES (21, 2, '822da3378ec06bf7:50d84696b77ab4b7', '{"sort":"account","claims":["50d84696b77ab4b7"],"start":237,"types":["shelling"],"targets":["two women"],"figures":{"killed":[2,2]},"words":"front hamra"}', 'e3ef53df9b008', 0);
INSERT INTO likenesses VALUES (2, 1);
INSERT INTO likenesses VALUES (3, 1);
INSERT INTO namings VALUES (1, '1000 12 friday front hamra reuters tal', 4);
INSERT INTO namings VALUES (2, '1000 12 friday front hamra reuters tal', 3);
INSERT INTO pages VALUES (1, 1, 0, 103);
INSERT INTO pages VALUES (1, 2, 103, 272);
INSERT INTO sightings VALUES (1, '/in/a.pdf', 'a', '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z');
INSERT INTO sightings VALUES (2, 'https://herald.example/tal-hamra', 'b', '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z');
INSERT INTO sightings VALUES (3, '/in/c.txt', 'c', '2031-05-17T06:00:00Z', '2031-05-17T06:00:00Z');
INSERT INTO sketches VALUES (157013738062206585, 1);
INSERT INTO sketches VALUES (157013738062206585, 2);
INSERT INTO sketches VALUES (157013738062206585, 3);
INSERT INTO sketches VALUES (41210974706226377, 1);
INSERT INTO sketches VALUES (41210974706226377, 2);
INSERT INTO sketches VALUES (41210974706226377, 3);
INSERT INTO sketches VALUES (67006847638872487, 1);
INSERT INTO sketches VALUES (67006847638872487, 2);
INSERT INTO sketches VALUES (67006847638872487, 3);
INSERT INTO sketches VALUES (96822191116206141, 1);
INSERT INTO sketches VALUES (96822191116206141, 2);
INSERT INTO sketches VALUES (96822191116206141, 3);
INSERT INTO ungrouped VALUES (3);
INSERT INTO blocks VALUES (100398719244091594, 17, 1);
INSERT INTO blocks VALUES (100398719244091594, 20, 1);
INSERT INTO blocks VALUES (1040493357084564298, 20, 1);
INSERT INTO blocks VALUES (1053419749450674853, 15, 4);
INSERT INTO blocks VALUES (1053419749450674853, 19, 3);
INSERT INTO blocks VALUES (1145368443806228602, 17, 1);
INSERT INTO blocks VALUES (1145368443806228602, 20, 1);
INSERT INTO blocks VALUES (145005261768176666, 20, 1);
INSERT INTO blocks VALUES (168734830857686430, 17, 1);
INSERT INTO blocks VALUES (168734830857686430, 20, 1);
INSERT INTO blocks VALUES (18063221117833626, 17, 1);
INSERT INTO blocks VALUES (18063221117833626, 20, 1);
INSERT INTO blocks VALUES (376811001881830622, 16, 1);
INSERT INTO blocks VALUES (376811001881830622, 17, 1);
INSERT INTO blocks VALUES (376811001881830622, 20, 1);
INSERT INTO blocks VALUES (395874785899573240, 17, 1);
INSERT INTO blocks VALUES (395874785899573240, 20, 1);
INSERT INTO blocks VALUES (424584525273841534, 17, 1);
INSERT INTO blocks VALUES (424584525273841534, 20, 1);
INSERT INTO blocks VALUES (473458157392674593, 15, 4);
INSERT INTO blocks VALUES (473458157392674593, 19, 3);
INSERT INTO blocks VALUES (542391475222901720, 17, 1);
INSERT INTO blocks VALUES (542391475222901720, 20, 1);
INSERT INTO blocks VALUES (561234863649612840, 17, 1);
INSERT INTO blocks VALUES (561234863649612840, 20, 1);
INSERT INTO blocks VALUES (67579253913184366, 17, 1);
INSERT INTO blocks VALUES (675928847761463542, 15, 1);
INSERT INTO blocks VALUES (675928847761463542, 19, 1);
INSERT INTO blocks VALUES (675928847761463542, 20, 1);
INSERT INTO blocks VALUES (719099029610334694, 16, 1);
INSERT INTO blocks VALUES (719099029610334694, 17, 1);
INSERT INTO blocks VALUES (748421778252068358, 20, 1);
INSERT INTO blocks VALUES (779451147421981995, 15, 4);
INSERT INTO blocks VALUES (779451147421981995, 19, 3);
INSERT INTO blocks VALUES (83008582377405194, 15, 1);
INSERT INTO blocks VALUES (83008582377405194, 16, 1);
INSERT INTO blocks VALUES (83008582377405194, 17, 1);
INSERT INTO blocks VALUES (83008582377405194, 19, 1);
INSERT INTO blocks VALUES (83008582377405194, 20, 1);
INSERT INTO blocks VALUES (902581065869662119, 15, 4);
INSERT INTO blocks VALUES (902581065869662119, 19, 3);
INSERT INTO blocks VALUES (949993737675194475, 15, 4);
INSERT INTO blocks VALUES (949993737675194475, 19, 3);
INSERT INTO blocks VALUES (971820394318892144, 17, 1);
INSERT INTO blocks VALUES (97660994580300, 17, 1);
INSERT INTO blocks VALUES (97660994580300, 20, 1);
INSERT INTO blocks VALUES (980078762068069366, 16, 1);
INSERT INTO blocks VALUES (980078762068069366, 17, 1);
INSERT INTO blocks VALUES (980078762068069366, 20, 1);
INSERT INTO blocks VALUES (981954797675014998, 17, 1);
INSERT INTO figures VALUES (10, 0, 262, 271, 'two women', 'killed', 'women', 2, 2, 0, 0);
INSERT INTO figures VALUES (10, 1, 262, 265, 'two', 'killed', NULL, NULL, 5, 0, 1);
INSERT INTO figures VALUES (12, 0, 78, 96, 'at least 12 rebels', 'killed', 'rebels', 12, NULL, 0, 0);
INSERT INTO figures VALUES (2, 0, 78, 96, 'at least 12 rebels', 'killed', 'rebels', 12, NULL, 0, 0);
INSERT INTO figures VALUES (3, 0, 117, 129, 'nearly 1,000', 'destroyed', 'positions', NULL, 1000, 1, 0);
INSERT INTO figures VALUES (5, 0, 262, 271, 'two women', 'killed', 'women', 2, 2, 0, 0);
INSERT INTO figures VALUES (5, 1, 262, 265, 'two', 'killed', NULL, NULL, 5, 0, 1);
INSERT INTO figures VALUES (8, 0, 117, 129, 'nearly 1,000', 'destroyed', 'positions', NULL, 1000, 1, 0);
INSERT INTO links VALUES (15, 20, 8.5);
INSERT INTO links VALUES (16, 20, 9.0);
INSERT INTO links VALUES (16, 21, 5.0);
INSERT INTO links VALUES (17, 20, 11.472);
INSERT INTO links VALUES (18, 21, 11.238);
INSERT INTO parties VALUES (1, 'actor', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (1, 'said_by', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (10, 'said_by', 0, 222, 231, 'villagers', NULL, 'villagers');
INSERT INTO parties VALUES (10, 'target', 0, 262, 271, 'two women', NULL, 'two women');
INSERT INTO parties VALUES (11, 'actor', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (11, 'said_by', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (12, 'said_by', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (12, 'target', 0, 90, 96, 'rebels', NULL, 'rebels');
INSERT INTO parties VALUES (2, 'said_by', 0, 0, 8, 'The army', NULL, 'the army');
INSERT INTO parties VALUES (2, 'target', 0, 90, 96, 'rebels', NULL, 'rebels');
INSERT INTO parties VALUES (3, 'actor', 0, 104, 106, 'We', NULL, 'we');
INSERT INTO parties VALUES (3, 'said_by', 0, 142, 153, 'a spokesman', 'actor:army', 'a spokesman');
INSERT INTO parties VALUES (4, 'actor', 0, 168, 183, 'The Hamra Front', NULL, 'the hamra front');
INSERT INTO parties VALUES (4, 'said_by', 0, 168, 183, 'The Hamra Front', NULL, 'the hamra front');
INSERT INTO parties VALUES (5, 'said_by', 0, 222, 231, 'villagers', NULL, 'villagers');
INSERT INTO parties VALUES (5, 'target', 0, 262, 271, 'two women', NULL, 'two women');
INSERT INTO parties VALUES (8, 'actor', 0, 104, 106, 'We', NULL, 'we');
INSERT INTO parties VALUES (8, 'said_by', 0, 142, 153, 'a spokesman', 'actor:army', 'a spokesman');
INSERT INTO parties VALUES (9, 'actor', 0, 168, 183, 'The Hamra Front', NULL, 'the hamra front');
INSERT INTO parties VALUES (9, 'said_by', 0, 168, 183, 'The Hamra Front', NULL, 'the hamra front');
INSERT INTO surroundings VALUES (4, 0, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra');
INSERT INTO surroundings VALUES (9, 0, 44, 53, 'Tal Hamra', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tal hamra', 'tal hamra');
INSERT INTO tellings VALUES (1, 15, 'e3ef53df9b008');
INSERT INTO tellings VALUES (10, 21, 'e78b90984673d');
INSERT INTO tellings VALUES (11, 19, 'ef3f3d674e499');
INSERT INTO tellings VALUES (2, 16, 'e69d32fbb5554');
INSERT INTO tellings VALUES (4, 17, 'e8d650da6d113');
INSERT INTO tellings VALUES (5, 18, 'e147e5fa4968b');
INSERT INTO tellings VALUES (9, 20, 'e0655e1729fd7');
