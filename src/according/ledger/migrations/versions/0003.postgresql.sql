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
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  radius_km DOUBLE PRECISION,
  actors TEXT NOT NULL,
  targets TEXT NOT NULL,
  speakers TEXT NOT NULL,
  figures TEXT NOT NULL,
  killed BIGINT,
  told_first TEXT,
  told_last TEXT,
  claims INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  CONSTRAINT pk_summaries PRIMARY KEY (event),
  CONSTRAINT fk_summaries_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
)
--
CREATE INDEX ix_summaries_country_first ON summaries (country, first)
--
CREATE INDEX ix_summaries_first_event ON summaries (first, event)
--
CREATE INDEX ix_summaries_type_first ON summaries (type, first)
--
CREATE TABLE users (
  n BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CONSTRAINT ck_users_role CHECK (role IN ('viewer', 'reviewer', 'editor', 'admin')),
  password TEXT,
  created TEXT NOT NULL,
  disabled TEXT,
  CONSTRAINT pk_users PRIMARY KEY (n),
  CONSTRAINT uq_users_name UNIQUE (name)
)
--
CREATE TABLE tokens (
  n BIGSERIAL NOT NULL,
  "user" BIGINT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT,
  used TEXT,
  revoked TEXT,
  CONSTRAINT pk_tokens PRIMARY KEY (n),
  CONSTRAINT fk_tokens_user FOREIGN KEY("user") REFERENCES users (n) ON DELETE CASCADE,
  CONSTRAINT uq_tokens_hash UNIQUE (hash)
)
--
CREATE INDEX ix_tokens_user ON tokens ("user")
--
CREATE TABLE sessions (
  hash TEXT NOT NULL,
  "user" BIGINT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (hash),
  CONSTRAINT fk_sessions_user FOREIGN KEY("user") REFERENCES users (n) ON DELETE CASCADE
)
--
CREATE INDEX ix_sessions_user ON sessions ("user")
--
CREATE TABLE audit (
  n BIGSERIAL NOT NULL,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  before TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit PRIMARY KEY (n),
  CONSTRAINT uq_audit_hash UNIQUE (hash)
)
--
CREATE TABLE second_opinions (
  n BIGSERIAL NOT NULL,
  report BIGINT NOT NULL,
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
--
CREATE INDEX ix_second_opinions_claim ON second_opinions (claim)
--
CREATE INDEX ix_second_opinions_report ON second_opinions (report)
--
CREATE TABLE flags (
  n BIGSERIAL NOT NULL,
  report BIGINT NOT NULL,
  claim TEXT NOT NULL,
  note TEXT,
  person TEXT NOT NULL,
  raised TEXT NOT NULL,
  settled TEXT,
  CONSTRAINT pk_flags PRIMARY KEY (n),
  CONSTRAINT fk_flags_report FOREIGN KEY(report) REFERENCES reports (n) ON DELETE CASCADE
)
--
CREATE INDEX ix_flags_claim ON flags (claim)
--
CREATE INDEX ix_flags_report ON flags (report)
