CREATE TABLE ungrouped (
  report BIGINT NOT NULL,
  CONSTRAINT pk_ungrouped PRIMARY KEY (report),
  CONSTRAINT fk_ungrouped_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
--
CREATE TABLE groupings (
  version TEXT NOT NULL,
  CONSTRAINT pk_groupings PRIMARY KEY (version)
)
--
CREATE TABLE happenings (
  n BIGINT NOT NULL,
  report BIGINT NOT NULL,
  key TEXT NOT NULL,
  features TEXT NOT NULL,
  event TEXT,
  level INTEGER,
  CONSTRAINT pk_happenings PRIMARY KEY (n),
  CONSTRAINT fk_happenings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE,
  CONSTRAINT uq_happenings_key UNIQUE (key)
)
--
CREATE INDEX ix_happenings_event ON happenings (event)
--
CREATE INDEX ix_happenings_report ON happenings (report)
--
CREATE TABLE tellings (
  claim BIGINT NOT NULL,
  happening BIGINT NOT NULL,
  seed TEXT NOT NULL,
  CONSTRAINT pk_tellings PRIMARY KEY (claim),
  CONSTRAINT fk_tellings_claim FOREIGN KEY(claim) REFERENCES claims (n) ON DELETE CASCADE,
  CONSTRAINT fk_tellings_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
--
CREATE INDEX ix_tellings_happening ON tellings (happening)
--
CREATE INDEX ix_tellings_seed ON tellings (seed)
--
CREATE TABLE namings (
  report BIGINT NOT NULL,
  words TEXT NOT NULL,
  tells INTEGER NOT NULL,
  CONSTRAINT pk_namings PRIMARY KEY (report),
  CONSTRAINT fk_namings_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
--
CREATE TABLE blocks (
  key BIGINT NOT NULL,
  happening BIGINT NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_blocks PRIMARY KEY (key, happening),
  CONSTRAINT fk_blocks_happening FOREIGN KEY(happening) REFERENCES happenings (n) ON DELETE CASCADE
)
--
CREATE INDEX ix_blocks_happening ON blocks (happening)
--
CREATE TABLE links (
  one BIGINT NOT NULL,
  other BIGINT NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  CONSTRAINT pk_links PRIMARY KEY (one, other),
  CONSTRAINT fk_links_one FOREIGN KEY(one) REFERENCES happenings (n) ON DELETE CASCADE,
  CONSTRAINT fk_links_other FOREIGN KEY(other) REFERENCES happenings (n) ON DELETE CASCADE
)
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
--
CREATE INDEX ix_events_first_id ON events (first, id)
--
CREATE TABLE former_events (
  id TEXT NOT NULL,
  event TEXT,
  CONSTRAINT pk_former_events PRIMARY KEY (id)
)
--
CREATE TABLE event_decisions (
  n BIGSERIAL NOT NULL,
  verdict TEXT NOT NULL CONSTRAINT ck_event_decisions_verdict CHECK (verdict IN ('merge', 'split')),
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  decided TEXT NOT NULL,
  CONSTRAINT pk_event_decisions PRIMARY KEY (n)
)
--
INSERT INTO ungrouped SELECT n FROM reports
