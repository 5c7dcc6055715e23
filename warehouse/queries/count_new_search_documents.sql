SELECT count(*) FROM incoming
