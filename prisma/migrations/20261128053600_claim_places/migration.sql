-- AlterTable
ALTER TABLE "anchor" ADD COLUMN     "was" TEXT;

-- CreateTable
CREATE TABLE "claim_guest" (
    "claim_id" UUID NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "claim_guest_pkey" PRIMARY KEY ("claim_id","article_id")
);

-- CreateTable
CREATE TABLE "place_change" (
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "place_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_echo" (
    "article_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,

    CONSTRAINT "event_echo_pkey" PRIMARY KEY ("article_id","event_id")
);

-- CreateIndex
CREATE INDEX "claim_guest_article_id_idx" ON "claim_guest"("article_id");

-- CreateIndex
CREATE INDEX "place_change_claim_id_idx" ON "place_change"("claim_id");

-- CreateIndex
CREATE INDEX "place_change_revision_id_idx" ON "place_change"("revision_id");

-- CreateIndex
CREATE INDEX "place_change_created_by_id_idx" ON "place_change"("created_by_id");

-- CreateIndex
CREATE INDEX "event_echo_event_id_idx" ON "event_echo"("event_id");

-- AddForeignKey
ALTER TABLE "claim_guest" ADD CONSTRAINT "claim_guest_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_guest" ADD CONSTRAINT "claim_guest_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_change" ADD CONSTRAINT "place_change_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_change" ADD CONSTRAINT "place_change_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_change" ADD CONSTRAINT "place_change_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_echo" ADD CONSTRAINT "event_echo_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_echo" ADD CONSTRAINT "event_echo_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "audit_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The articles in which a claim stands, its own and the others.
CREATE VIEW stands_in AS
  SELECT article_id, id AS claim_id FROM claim
  UNION ALL
  SELECT article_id, claim_id FROM claim_guest;

-- The anchors of the texts that are under check.
CREATE VIEW anchor_now AS
  SELECT a.*, r.article_id FROM anchor a JOIN revision r ON r.id = a.revision_id
  WHERE NOT EXISTS (SELECT FROM revision later WHERE later.article_id = r.article_id AND later.number > r.number);

-- What has lost its place is counted for each article of the desk.
CREATE INDEX anchor_without_place ON anchor (revision_id) WHERE state IN ('ambiguous', 'orphaned');

-- Of altered anchors, the words of the last text in which they were sure.
WITH RECURSIVE past AS (
  SELECT a.id, a.from_id FROM anchor a WHERE a.state = 'altered' AND a.from_id IS NOT NULL
  UNION ALL SELECT past.id, a.from_id FROM past JOIN anchor a ON a.id = past.from_id WHERE a.state = 'altered'
)
UPDATE anchor SET was = sure.exact
FROM past JOIN anchor sure ON sure.id = past.from_id
WHERE anchor.id = past.id AND sure.state <> 'altered';

CREATE TRIGGER event_echo_is_append_only BEFORE UPDATE OR DELETE ON event_echo FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A claim counts in every article in which it stands.
CREATE OR REPLACE FUNCTION count_trashed_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article SET claim_count = claim_count + CASE WHEN NEW.trashed_at IS NULL THEN 1 ELSE -1 END
  WHERE id IN (SELECT article_id FROM stands_in WHERE claim_id = NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION count_guest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article SET claim_count = claim_count + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
  FROM claim
  WHERE article.id = COALESCE(NEW.article_id, OLD.article_id)
    AND claim.id = COALESCE(NEW.claim_id, OLD.claim_id) AND claim.trashed_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER guest_is_counted AFTER INSERT OR DELETE ON claim_guest FOR EACH ROW EXECUTE FUNCTION count_guest();
