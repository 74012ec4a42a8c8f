-- Who gave the rating and who last wrote the rationale are two facts: four eyes asks for both. What stood there before comes with
-- them, so that an undo gives the words back to whoever wrote them. "Before submit" is a fact as well, not the state of the moment.
-- AlterTable
ALTER TABLE "claim" ADD COLUMN     "former_assessment" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "rationale_by_id" UUID,
ADD COLUMN     "submitted_at" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_rationale_by_id_fkey" FOREIGN KEY ("rationale_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the record knows of the claims that are there; where it is silent, what was kept as one.
CREATE FUNCTION pg_temp.last_writer(claim UUID, field TEXT) RETURNS UUID LANGUAGE sql STABLE AS $$
  SELECT actor_id FROM audit_event
  WHERE claim_id = claim AND action = 'claim.updated' AND data->'fields' ? field ORDER BY id DESC LIMIT 1
$$;
UPDATE claim SET
  verdict_by_id = CASE WHEN rating_id IS NOT NULL THEN COALESCE(pg_temp.last_writer(id, 'ratingId'), verdict_by_id) END,
  rationale_by_id = CASE WHEN rationale IS NOT NULL THEN COALESCE(pg_temp.last_writer(id, 'rationale'), verdict_by_id) END,
  submitted_at = COALESCE(
    (SELECT min(at) FROM audit_event WHERE claim_id = claim.id AND action = 'claim.submitted'),
    CASE WHEN state IN ('in_review', 'returned', 'approved', 'stale') THEN updated_at END);
