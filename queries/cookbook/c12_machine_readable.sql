-- title:    Reports that no machine can read
-- title_zh: 机器不可读的报告
-- question: How many reports of a year are images, and in what kinds of file are the others?
-- question_zh: 每年有多少报告为图片，其余为何种文件？
-- basis:    domain reference 3.6; PB-MACHINE
-- read:     share is what was published as pictures: ocr was recognised by us, its figures are not read without doubt; image gave nothing. no_tables are pictures of tables or tables in attachments, look at the page. other failed for reasons that may be ours and is no fault of the agency.
-- column year: fiscal year, of a document without a report as the link to it says; null if not known
-- column html: reports read from web pages
-- column pdf: from PDF with text
-- column docx: from DOCX
-- column text: from plain text
-- column ocr: recognised from images
-- column no_tables: of all these, reports whose text has none of the standard tables
-- column image: documents that are images and gave no report
-- column other: documents that gave no report for another reason
-- column share: (ocr + image) / (all reports + image)

-- Two units meet here: reports, and documents that gave none. A scan that was
-- not recognised has no report, so counting reports alone would hide it.
WITH items AS (
    SELECT year, reader AS what, tables = 0 AS bare FROM report WHERE is_current
    UNION ALL
    SELECT year, CASE WHEN bool_or(code = 'no_text_layer' OR code = 'unsupported' AND contains(detail, 'image')) THEN 'image' ELSE 'other' END, false
    FROM document d JOIN problem p USING (document)
    WHERE NOT EXISTS (FROM report r WHERE r.document = d.document)
    GROUP BY d.document, d.year
)
SELECT year, count(*) FILTER (what = 'html') AS html, count(*) FILTER (what = 'pdf') AS pdf, count(*) FILTER (what = 'docx') AS docx,
       count(*) FILTER (what = 'text') AS text, count(*) FILTER (what = 'ocr') AS ocr, count(*) FILTER (bare) AS no_tables,
       count(*) FILTER (what = 'image') AS image, count(*) FILTER (what = 'other') AS other,
       (count(*) FILTER (what IN ('ocr', 'image')) / nullif(count(*) FILTER (what <> 'other'), 0))::DECIMAL(18, 4) AS share
FROM items
GROUP BY year
ORDER BY year
