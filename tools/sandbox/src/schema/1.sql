-- Money is decimal text, to keep every digit. Times are ISO 8601 text in UTC. seq is the order of creation, in which
-- lists are sorted.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
    -- Whether the identity provider manages the person's memberships.
    is_scim INTEGER NOT NULL DEFAULT 0,
    joined_at TEXT NOT NULL
) STRICT;

CREATE TABLE workspaces (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    description TEXT,
    default_text_model TEXT,
    default_image_model TEXT,
    default_provider_sort TEXT,
    default_guardrail_id TEXT NOT NULL,
    is_observability_io_logging_enabled INTEGER NOT NULL DEFAULT 0,
    is_observability_broadcast_enabled INTEGER NOT NULL DEFAULT 0,
    is_data_discount_logging_enabled INTEGER NOT NULL DEFAULT 0,
    io_logging_sampling_rate REAL NOT NULL DEFAULT 1,
    io_logging_api_key_ids TEXT,
    disabled_server_tools TEXT,
    include_byok_in_budgets INTEGER NOT NULL DEFAULT 0,
    created_by TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT
) STRICT;

CREATE TABLE budgets (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    interval TEXT NOT NULL CHECK (interval IN ('daily', 'weekly', 'monthly', 'lifetime')),
    limit_usd TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (workspace_id, interval)
) STRICT;

-- All people are members of the default workspace, without rows here.
CREATE TABLE members (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
    created_at TEXT NOT NULL,
    UNIQUE (workspace_id, user_id)
) STRICT;
CREATE INDEX members_in_order ON members (workspace_id, seq);

CREATE TABLE keys (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
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
CREATE INDEX keys_in_order ON keys (workspace_id, seq);

-- Activity stays when its workspace is deleted.
CREATE TABLE activity (
    seq INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    model TEXT NOT NULL,
    provider_name TEXT NOT NULL,
    usage REAL NOT NULL,
    byok_usage_inference REAL NOT NULL,
    requests INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_of_workspace ON activity (workspace_id, date);
