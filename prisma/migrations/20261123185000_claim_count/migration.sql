-- How many claims an article holds outside of the trash: marking one looks at its limit, and must not count them for that.
ALTER TABLE "article" ADD COLUMN "claim_count" INTEGER NOT NULL DEFAULT 0;
UPDATE article SET claim_count = (SELECT count(*) FROM claim WHERE claim.article_id = article.id AND trashed_at IS NULL);

CREATE FUNCTION count_new_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article SET claim_count = claim_count + counted.claims
  FROM (SELECT article_id, count(*) AS claims FROM made WHERE trashed_at IS NULL GROUP BY article_id) counted
  WHERE article.id = counted.article_id;
  RETURN NULL;
END $$;
CREATE TRIGGER claim_is_counted AFTER INSERT ON claim
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION count_new_claims();

CREATE FUNCTION count_trashed_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article SET claim_count = claim_count + CASE WHEN NEW.trashed_at IS NULL THEN 1 ELSE -1 END WHERE id = NEW.article_id;
  RETURN NULL;
END $$;
CREATE TRIGGER trashed_claim_is_counted AFTER UPDATE OF trashed_at ON claim
  FOR EACH ROW WHEN ((OLD.trashed_at IS NULL) <> (NEW.trashed_at IS NULL)) EXECUTE FUNCTION count_trashed_claim();
