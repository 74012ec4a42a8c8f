-- CreateTable
CREATE TABLE "past_claim" (
    "replaced_by_id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "past_claim_pkey" PRIMARY KEY ("replaced_by_id","claim_id")
);

-- CreateIndex
CREATE INDEX "past_claim_claim_id_idx" ON "past_claim"("claim_id");

-- AddForeignKey
ALTER TABLE "past_claim" ADD CONSTRAINT "past_claim_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "past_claim" ADD CONSTRAINT "past_claim_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: how a claim stood never changes; it is forgotten when the revision that replaced its text is taken back, and is under
-- check again.
CREATE TRIGGER past_claim_is_frozen BEFORE UPDATE ON past_claim FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER past_claim_stays BEFORE DELETE ON past_claim FOR EACH ROW
  WHEN (current_setting('claimdesk.taken_back', true) IS DISTINCT FROM OLD.replaced_by_id::text)
  EXECUTE FUNCTION refuse_change();
