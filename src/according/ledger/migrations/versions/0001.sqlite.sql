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
 STRICT
--
CREATE INDEX ix_fetches_item ON fetches (item)
--
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
 STRICT
--
CREATE TABLE sources (
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT pk_sources PRIMARY KEY (n),
  CONSTRAINT uq_sources_name UNIQUE (name)
)
 STRICT
--
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
 STRICT
--
CREATE INDEX ix_stages_state_stage ON stages (state, stage)
--
CREATE TABLE tombstones (
  "key" TEXT NOT NULL,
  why TEXT NOT NULL,
  person TEXT,
  forgotten TEXT NOT NULL,
  CONSTRAINT pk_tombstones PRIMARY KEY ("key")
)
 STRICT
--
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
 STRICT
--
CREATE INDEX ix_reports_address ON reports (address)
--
CREATE INDEX ix_reports_id ON reports (id)
--
CREATE INDEX ix_reports_original ON reports (original)
--
CREATE INDEX ix_reports_published ON reports (published)
--
CREATE INDEX ix_reports_replaced_by ON reports (replaced_by)
--
CREATE INDEX ix_reports_source ON reports (source)
--
CREATE INDEX ix_reports_text_sha256 ON reports (text_sha256)
--
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
 STRICT
--
CREATE INDEX ix_claims_country_time ON claims (place_country, time_from, time_to)
--
CREATE INDEX ix_claims_id ON claims (id)
--
CREATE INDEX ix_claims_place_time ON claims (place_folded, time_from, time_to)
--
CREATE INDEX ix_claims_time ON claims (time_from, time_to)
--
CREATE INDEX ix_claims_type_time ON claims (type, time_from, time_to)
--
CREATE INDEX ix_claims_words_time ON claims (place_folded_words, time_from, time_to)
--
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
 STRICT
--
CREATE INDEX ix_decisions_claim ON decisions (claim)
--
CREATE INDEX ix_decisions_report ON decisions (report)
--
CREATE TABLE likenesses (
  copy INTEGER NOT NULL,
  earlier INTEGER NOT NULL,
  CONSTRAINT pk_likenesses PRIMARY KEY (copy),
  CONSTRAINT fk_likenesses_copy FOREIGN KEY(copy) REFERENCES reports (n) ON DELETE CASCADE,
  CONSTRAINT fk_likenesses_earlier FOREIGN KEY(earlier) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_likenesses_earlier ON likenesses (earlier)
--
CREATE TABLE pages (
  report INTEGER NOT NULL,
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  CONSTRAINT pk_pages PRIMARY KEY (report, number),
  CONSTRAINT fk_pages_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
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
 STRICT
--
CREATE INDEX ix_sightings_item ON sightings (item)
--
CREATE TABLE sketches (
  hash INTEGER NOT NULL,
  report INTEGER NOT NULL,
  CONSTRAINT pk_sketches PRIMARY KEY (hash, report),
  CONSTRAINT fk_sketches_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_sketches_report ON sketches (report)
--
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
 STRICT
--
CREATE INDEX ix_figures_measure_low ON figures (measure, low)
--
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
 STRICT
--
CREATE INDEX ix_parties_actor ON parties (actor) WHERE actor IS NOT NULL
--
CREATE INDEX ix_parties_folded ON parties (folded)
--
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
 STRICT
--
CREATE INDEX ix_surroundings_folded ON surroundings (folded)
--
CREATE INDEX ix_surroundings_folded_words ON surroundings (folded_words)
--
CREATE VIRTUAL TABLE claim_words USING fts5(sentence_text, content='claims', content_rowid='n', tokenize='unicode61 remove_diacritics 2')
--
CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='n', tokenize='unicode61 remove_diacritics 2')
--
CREATE VIRTUAL TABLE claim_boxes USING rtree(n, west, east, south, north)
--
CREATE TRIGGER claims_inserted AFTER INSERT ON claims BEGIN
  INSERT INTO claim_words(rowid, sentence_text) VALUES (new.n, new.sentence_text);
END
--
CREATE TRIGGER claims_deleted AFTER DELETE ON claims BEGIN
  INSERT INTO claim_words(claim_words, rowid, sentence_text) VALUES ('delete', old.n, old.sentence_text);
  DELETE FROM claim_boxes WHERE n = old.n;
END
--
CREATE TRIGGER claims_reworded AFTER UPDATE OF sentence_text ON claims BEGIN
  INSERT INTO claim_words(claim_words, rowid, sentence_text) VALUES ('delete', old.n, old.sentence_text);
  INSERT INTO claim_words(rowid, sentence_text) VALUES (new.n, new.sentence_text);
END
--
CREATE TRIGGER claims_placed AFTER INSERT ON claims WHEN new.place_lat IS NOT NULL BEGIN
  INSERT INTO claim_boxes VALUES (new.n, new.place_lon, new.place_lon, new.place_lat, new.place_lat);
END
--
CREATE TRIGGER claims_moved AFTER UPDATE OF place_lat, place_lon ON claims BEGIN
  DELETE FROM claim_boxes WHERE n = old.n;
  INSERT INTO claim_boxes SELECT new.n, new.place_lon, new.place_lon, new.place_lat, new.place_lat WHERE new.place_lat IS NOT NULL;
END
--
CREATE TRIGGER reports_inserted AFTER INSERT ON reports BEGIN
  INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text);
END
--
CREATE TRIGGER reports_deleted AFTER DELETE ON reports BEGIN
  INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END
--
CREATE TRIGGER reports_reworded AFTER UPDATE OF title, text ON reports BEGIN
  INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
  INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text);
END
--
CREATE VIEW claim_facts AS
SELECT c.n AS claim, r.id AS report, s.name AS source, r.title, r.published, c.type, c.status, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'said_by') AS said_by, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'actor') AS actor,
  (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'target') AS target, c.place_text AS place, c.place_name AS located_as, c.place_country AS country, c.place_lat AS latitude, c.place_lon AS longitude,
  c.place_precision AS place_precision, c.time_text AS time, c.time_from AS from_day, c.time_to AS to_day,
  (SELECT group_concat(f.text || ' ' || f.measure, '; ') FROM figures f WHERE f.claim = c.n) AS figures,
  c.trigger_text AS words, c.sentence_text AS sentence, c.page, c.verdict, c.confidence, r.url, r.replaced_by, r.original
FROM claims c JOIN reports r ON r.n = c.report LEFT JOIN sources s ON s.n = r.source
--
CREATE VIEW figure_facts AS
SELECT f.claim, r.id AS report, s.name AS source, r.published, c.type, c.status, (SELECT group_concat(p.text, '; ') FROM parties p WHERE p.claim = c.n AND p.role = 'said_by') AS said_by, f.text AS figure, f.measure, f.counted,
  f.low, f.high, f.cumulative, f.approximate, c.place_text AS place, c.place_country AS country, c.time_from AS from_day, c.time_to AS to_day,
  c.sentence_text AS sentence
FROM figures f JOIN claims c ON c.n = f.claim JOIN reports r ON r.n = c.report LEFT JOIN sources s ON s.n = r.source
--
CREATE VIEW report_facts AS
SELECT r.n AS report, r.id, s.name AS source, r.title, r.published, r.url, r.first_seen, r.last_seen, length(r.text) AS characters,
  (SELECT count(*) FROM claims c WHERE c.report = r.n) AS claims, newer.id AS replaced_by, original.id AS copy_of
FROM reports r LEFT JOIN sources s ON s.n = r.source LEFT JOIN reports newer ON newer.n = r.replaced_by
  LEFT JOIN reports original ON original.n = r.original
