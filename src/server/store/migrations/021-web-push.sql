-- Phones and computers whose person asked there to be told. A row ends with the session in which it was asked.
CREATE TABLE push_subscriptions (
	id TEXT PRIMARY KEY, -- sha256 of the endpoint
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	endpoint TEXT NOT NULL, -- an address that a browser named
	p256dh TEXT NOT NULL,
	auth TEXT NOT NULL,
	language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id, created_at);
CREATE INDEX push_subscriptions_by_session ON push_subscriptions (session_id);

-- Which of them a notice is for; it stays when the subscription is gone.
ALTER TABLE notices ADD COLUMN push_to TEXT;
