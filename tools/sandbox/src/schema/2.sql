-- A key can outlive its workspace, so its workspace_id is no reference.
CREATE TABLE keys_2 (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    creator_user_id TEXT,
    disabled INTEGER NOT NULL DEFAULT 0,
    credit_limit REAL,
    limit_reset TEXT,
    include_byok_in_limit INTEGER NOT NULL DEFAULT 0,
    usage REAL NOT NULL DEFAULT 0,
    usage_daily REAL NOT NULL DEFAULT 0,
    usage_weekly REAL NOT NULL DEFAULT 0,
    usage_monthly REAL NOT NULL DEFAULT 0,
    byok_usage REAL NOT NULL DEFAULT 0,
    byok_usage_daily REAL NOT NULL DEFAULT 0,
    byok_usage_weekly REAL NOT NULL DEFAULT 0,
    byok_usage_monthly REAL NOT NULL DEFAULT 0,
    expires_at TEXT,
    last_used_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT
) STRICT;
INSERT INTO keys_2 SELECT * FROM keys;
DROP TABLE keys;
ALTER TABLE keys_2 RENAME TO keys;
CREATE INDEX keys_in_order ON keys (workspace_id, seq);

-- The time of the requests, and who made them. Requests of the chat have a person but no key.
ALTER TABLE activity ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN key_hash TEXT;
ALTER TABLE activity ADD COLUMN user_id TEXT;
UPDATE activity SET at = date || 'T12:00:00.000000Z';
CREATE INDEX activity_in_time ON activity (at);
