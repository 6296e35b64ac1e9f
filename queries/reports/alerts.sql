-- title:    Alerts of sites
-- title_zh: 站点警报
-- question: Which assertions about sites fail, since when, and which have come right again?
-- question_zh: 哪些对站点的要求未满足，从何时起，哪些已恢复？
-- basis:    one row for each alert from its beginning to its end; the open ones first
-- column site: the site
-- column code: what failed
-- column column_id: the list it is about; null for the whole site
-- column since: when it was first met
-- column resolved: when it was no longer met; null while it is open
-- column days: how long it went on, up to the last run if it is open
-- column detail: in words
SELECT site, code, column_id, CAST(since AS DATE) AS since, CAST(resolved AS DATE) AS resolved,
       date_diff('day', since, coalesce(resolved, (SELECT max(started) FROM crawl_run), told)) AS days, detail
FROM alert
ORDER BY (resolved IS NOT NULL), site, code, column_id, since
