-- Every URL that did not become an article, with where and why it was given up.
SELECT url, stage, reason FROM rejections
