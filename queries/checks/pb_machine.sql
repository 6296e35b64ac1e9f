-- rule:     PB-MACHINE
-- title:    The report is text
-- title_zh: 报告为文本
-- question: Is the report published as text and not as an image?
-- question_zh: 报告是否以文本而非图片公布？
-- basis:    an image (图片版) can be neither searched nor read by machine
-- severity: I
SELECT report_id, verdict(reader <> 'ocr') AS strict, verdict(reader <> 'ocr') AS lenient
FROM report
WHERE is_current
