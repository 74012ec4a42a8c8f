-- The library is searched by author and address as well; one column without an index would make the others' useless.
CREATE INDEX source_author_search ON source USING gin (author gin_trgm_ops);
CREATE INDEX source_url_search ON source USING gin (url gin_trgm_ops);
