-- What the Prisma schema cannot say: rows that never change, values that make sense, indexes for search, and the live events.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Append-only tables. TRUNCATE is left to whoever owns the database (tests, a demo made anew).
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER revision_is_frozen BEFORE UPDATE OR DELETE ON revision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publication_is_frozen BEFORE UPDATE OR DELETE ON publication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE newsroom ADD CONSTRAINT newsroom_is_one CHECK (id = 1);
ALTER TABLE "user" ADD CONSTRAINT user_email_is_lower_case CHECK (email = lower(email));
ALTER TABLE anchor ADD CONSTRAINT anchor_range CHECK (start >= 0 AND "end" > start);
ALTER TABLE rating ADD CONSTRAINT rating_value CHECK (claim_review_value BETWEEN 1 AND 5);
ALTER TABLE article ADD CONSTRAINT article_url_is_web CHECK (canonical_url ~* '^https?://');
ALTER TABLE source ADD CONSTRAINT source_url_is_web CHECK (url ~* '^https?://');
-- A workflow state never contradicts the columns that go with it.
ALTER TABLE claim ADD CONSTRAINT claim_open_is_held_by_nobody CHECK (state <> 'open' OR assignee_id IS NULL);
ALTER TABLE claim ADD CONSTRAINT claim_in_work_is_held CHECK (state NOT IN ('in_check', 'needs_info', 'in_review', 'returned') OR assignee_id IS NOT NULL);
ALTER TABLE claim ADD CONSTRAINT claim_approval_is_whole CHECK (
  state NOT IN ('approved', 'stale') OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL AND approved_digest IS NOT NULL AND approved_content IS NOT NULL));
ALTER TABLE claim ADD CONSTRAINT claim_set_aside_has_reason CHECK ((state = 'set_aside') = (set_aside_as IS NOT NULL));
ALTER TABLE claim ADD CONSTRAINT claim_duplicate_names_target CHECK ((set_aside_as = 'duplicate') IS NOT TRUE OR duplicate_of_id IS NOT NULL);

-- Search by any part of a word, whatever the language.
CREATE INDEX article_headline_search ON article USING gin (headline gin_trgm_ops);
CREATE INDEX article_outlet_search ON article USING gin (outlet gin_trgm_ops);
CREATE INDEX revision_text_search ON revision USING gin (text gin_trgm_ops);
CREATE INDEX claim_statement_search ON claim USING gin (statement gin_trgm_ops);
CREATE INDEX source_title_search ON source USING gin (title gin_trgm_ops);
CREATE INDEX source_publisher_search ON source USING gin (publisher gin_trgm_ops);

-- Claims that are looked at: those in the trash are few and are asked for by name.
CREATE INDEX claim_of_article_live ON claim (article_id) WHERE trashed_at IS NULL;

-- A notification carries only the number of the line; whoever listens reads the line itself.
CREATE FUNCTION notify_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claimdesk_event', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_event_notifies AFTER INSERT ON audit_event FOR EACH ROW WHEN (NEW.article_id IS NOT NULL) EXECUTE FUNCTION notify_audit_event();

-- Who is in an article: told when somebody comes, goes, or turns to another claim; not at each heartbeat.
CREATE FUNCTION notify_presence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claimdesk_presence', COALESCE(NEW.article_id, OLD.article_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER presence_comes_and_goes AFTER INSERT OR DELETE ON presence FOR EACH ROW EXECUTE FUNCTION notify_presence();
CREATE TRIGGER presence_moves AFTER UPDATE ON presence FOR EACH ROW WHEN (OLD.claim_id IS DISTINCT FROM NEW.claim_id) EXECUTE FUNCTION notify_presence();
