CREATE TABLE ungrouped (
  report INTEGER NOT NULL,
  CONSTRAINT pk_ungrouped PRIMARY KEY (report),
  CONSTRAINT fk_ungrouped_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE groupings (
  version TEXT NOT NULL,
  CONSTRAINT pk_groupings PRIMARY KEY (version)
)
 WITHOUT ROWID,
 STRICT
--
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
 STRICT
--
CREATE INDEX ix_happenings_event ON happenings (event)
--
CREATE INDEX ix_happenings_report ON happenings (report)
--
CREATE TABLE tellings (
  claim INTEGER NOT NULL,
  happening INTEGER NOT NULL,
  seed TEXT NOT NULL,
  CONSTRAINT pk_tellings PRIMARY KEY (claim),
  CONSTRAINT fk_tellings_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE,
  CONSTRAINT fk_tellings_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_tellings_happening ON tellings (happening)
--
CREATE INDEX ix_tellings_seed ON tellings (seed)
--
CREATE TABLE namings (
  report INTEGER NOT NULL,
  words TEXT NOT NULL,
  tells INTEGER NOT NULL,
  CONSTRAINT pk_namings PRIMARY KEY (report),
  CONSTRAINT fk_namings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE blocks (
  "key" INTEGER NOT NULL,
  happening INTEGER NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_blocks PRIMARY KEY ("key", happening),
  CONSTRAINT fk_blocks_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_blocks_happening ON blocks (happening)
--
CREATE TABLE links (
  one INTEGER NOT NULL,
  other INTEGER NOT NULL,
  points REAL NOT NULL,
  CONSTRAINT pk_links PRIMARY KEY (one, other),
  CONSTRAINT fk_links_one FOREIGN KEY(one) REFERENCES happenings (n) ON DELETE CASCADE,
  CONSTRAINT fk_links_other FOREIGN KEY(other) REFERENCES happenings (n) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_links_other ON links (other)
--
CREATE TABLE events (
  id TEXT NOT NULL,
  first TEXT,
  last TEXT,
  reports INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE INDEX ix_events_first_id ON events (first, id)
--
CREATE TABLE former_events (
  id TEXT NOT NULL,
  event TEXT,
  CONSTRAINT pk_former_events PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT
--
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
 STRICT
--
INSERT INTO ungrouped SELECT n FROM reports
