-- title:    The nightly runs
-- title_zh: 每夜运行
-- question: What did each nightly run bring, and what went wrong?
-- question_zh: 每次运行带来什么，出了什么问题？
-- basis:    one row of crawl_run for each line of runs.jsonl
-- column run: name of the run: when it began
-- column minutes: how long its crawl took
-- column sites: sites visited
-- column requests: requests made
-- column expected: links, files and failed lists met
-- column captured: how many of them were captured
-- column problems: how many could not be had
-- column skips: how many were left out on purpose
-- column new: reports that were new
-- column revised: reports that came with other content
-- column alerts: sites with failed assertions
-- column held: sites with a list in doubt, whose new documents waited
-- column errors: findings of severity error after it
-- column failure: why it failed; null if it did not
SELECT run, date_diff('minute', started, finished) AS minutes, sites, requests, expected, captured, problems, skips,
       new_reports AS new, revised_reports AS revised,
       (SELECT count(*) FROM crawl_site_run s WHERE s.run = r.run AND s.alerts > 0) AS alerts, len(held) AS held, errors, failure
FROM crawl_run r
ORDER BY started, run
