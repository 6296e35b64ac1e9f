-- How alike texts are. What views and columns mean is said in comments.txt.

-- How alike two texts of table sketch are: estimated from their signatures, and
-- exactly, by the share of common pieces of five characters.
CREATE MACRO agreement(a, b) AS
    1 - (bit_count(xor(a[1], b[1]))::INTEGER + bit_count(xor(a[2], b[2])) + bit_count(xor(a[3], b[3])) + bit_count(xor(a[4], b[4]))
       + bit_count(xor(a[5], b[5])) + bit_count(xor(a[6], b[6])) + bit_count(xor(a[7], b[7])) + bit_count(xor(a[8], b[8]))) / 256;
CREATE MACRO pieces(masked) AS
    list_distinct(flatten(list_transform([1, 2, 3, 4, 5], lambda i: regexp_extract_all(substr(masked, i), '.{5}'))));
CREATE MACRO alike(a, b) AS
    CASE WHEN a = b THEN 1.0::DOUBLE
         ELSE len(list_intersect(pieces(a), pieces(b)))::DOUBLE
            / greatest(1, len(pieces(a)) + len(pieces(b)) - len(list_intersect(pieces(a), pieces(b)))) END;

-- The sentences of a text that are longer than a heading.
CREATE MACRO sentences(words) AS
    list_filter(string_split_regex(regexp_replace(words, '[ \t　]+', '', 'g'), '[。；！？\r\n]+'), lambda s: length(s) >= 10);
