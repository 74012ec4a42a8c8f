-- A change of the scale is a change to every open article: who has one open hears of it.
DROP TRIGGER audit_event_notifies ON audit_event;
CREATE TRIGGER audit_event_notifies AFTER INSERT ON audit_event FOR EACH ROW
  WHEN (NEW.article_id IS NOT NULL OR NEW.action IN ('rating.created', 'rating.updated')) EXECUTE FUNCTION notify_audit_event();
CREATE INDEX audit_event_of_scale ON audit_event (id) WHERE article_id IS NULL AND action IN ('rating.created', 'rating.updated');
