-- title:    Requests received, none answered
-- title_zh: 收到申请而无一办结
-- question: Which agencies received requests and finished none within the year?
-- question_zh: 哪些机关收到申请而当年无一办结？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     A lead, not a finding: requests of late December are carried over lawfully. Look at received against carried_out and at the document.
-- column agency: the agency
-- column scope: whose figures
-- column year: fiscal year
-- column received: 本年新收
-- column carried_out: 结转下年度

SELECT n.agency, n.scope, n.year, n.value::BIGINT AS received, o.value::BIGINT AS carried_out
FROM v_harmonised n
JOIN v_harmonised p ON p.report_id = n.report_id AND p.measure = 'requests_processed' AND p.value = 0
LEFT JOIN v_harmonised o ON o.report_id = n.report_id AND o.measure = 'requests_carried_out'
WHERE n.measure = 'requests_received' AND n.value > 0
ORDER BY n.agency, n.scope, n.year
