-- Names are searched for and sorted without capitals and accents: "zoe" finds Zoë, and Österreich doesn't stand behind
-- Zypern. What is written from now on is folded in the Worker (domain, `matching::fold`); what is there is folded here.
CREATE TABLE plain_letters (letter TEXT NOT NULL PRIMARY KEY, plain TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO plain_letters
WITH RECURSIVE letters(plain, letter, rest) AS (
  SELECT key, substr(value, 1, 1), substr(value, 2) FROM json_each('{
  "a":"ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ", "ae":"ÆæǢǣǼǽ", "b":"ḂḃḄḅḆḇ", "c":"ÇçĆćĈĉĊċČčḈḉ",
  "d":"ÐðĎďĐđḊḋḌḍḎḏḐḑḒḓ", "e":"ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ", "f":"Ḟḟ", "g":"ĜĝĞğĠġĢģǦǧǴǵḠḡ",
  "h":"ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖ", "i":"ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊị", "j":"Ĵĵǰ", "k":"ĶķǨǩḰḱḲḳḴḵ", "l":"ĹĺĻļĽľŁłḶḷḸḹḺḻḼḽ",
  "m":"ḾḿṀṁṂṃ", "n":"ÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ", "o":"ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ",
  "oe":"Œœ", "p":"ṔṕṖṗ", "r":"ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ", "s":"ŚśŜŝŞşŠšȘșṠṡṢṣṤṥṦṧṨṩ", "ss":"ßẞ", "t":"ŢţŤťŦŧȚțṪṫṬṭṮṯṰṱẗ", "th":"Þþ",
  "u":"ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự", "v":"ṼṽṾṿ", "w":"ŴŵẀẁẂẃẄẅẆẇẈẉẘ", "x":"ẊẋẌẍ",
  "y":"ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ", "z":"ŹźŻżŽžẐẑẒẓẔẕ", "ʹ":"ʹ", "ͱ":"Ͱ", "ͳ":"Ͳ", "ͷ":"Ͷ", "α":"ΆΑά", "β":"Β", "γ":"Γ", "δ":"Δ",
  "ε":"ΈΕέ", "ζ":"Ζ", "η":"ΉΗή", "θ":"Θ", "ι":"ΊΐΙΪίϊ", "κ":"Κ", "λ":"Λ", "μ":"Μ", "ν":"Ν", "ξ":"Ξ", "ο":"ΌΟό", "π":"Π",
  "ρ":"Ρ", "σ":"Σ", "τ":"Τ", "υ":"ΎΥΫΰϋύ", "φ":"Φ", "χ":"Χ", "ψ":"Ψ", "ω":"ΏΩώ", "ϗ":"Ϗ", "ϳ":"Ϳ", "а":"А", "б":"Б", "в":"В",
  "г":"ЃГѓ", "д":"Д", "е":"ЀЁЕѐё", "ж":"Ж", "з":"З", "и":"ЍИЙйѝ", "к":"ЌКќ", "л":"Л", "м":"М", "н":"Н", "о":"О", "п":"П",
  "р":"Р", "с":"С", "т":"Т", "у":"ЎУў", "ф":"Ф", "х":"Х", "ц":"Ц", "ч":"Ч", "ш":"Ш", "щ":"Щ", "ъ":"Ъ", "ы":"Ы", "ь":"Ь",
  "э":"Э", "ю":"Ю", "я":"Я", "ђ":"Ђ", "є":"Є", "ѕ":"Ѕ", "і":"ІЇї", "ј":"Ј", "љ":"Љ", "њ":"Њ", "ћ":"Ћ", "џ":"Џ", "ا":"آأإ",
  "و":"ؤ", "ي":"ئ"
  }')
  UNION ALL
  SELECT plain, substr(rest, 1, 1), substr(rest, 2) FROM letters WHERE rest <> ''
)
SELECT letter, plain FROM letters;

-- Each name once. Whoever has no name goes by the address as it is.
CREATE TABLE plain_names (name TEXT NOT NULL PRIMARY KEY, plain TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO plain_names
WITH RECURSIVE names(name) AS (
  SELECT sort_name FROM members WHERE name IS NOT NULL AND sort_name GLOB '*[^ -~]*'
  UNION SELECT last_name_first FROM members WHERE last_name_first GLOB '*[^ -~]*'
  UNION SELECT words FROM company_words WHERE words GLOB '*[^ -~]*'
  UNION SELECT name FROM companies
), reading(name, done, rest) AS (
  SELECT name, '', name FROM names
  UNION ALL
  SELECT name, done || CASE WHEN unicode(rest) BETWEEN 768 AND 879 OR unicode(rest) BETWEEN 1611 AND 1631 OR unicode(rest) = 1648 THEN ''
    ELSE coalesce((SELECT plain FROM plain_letters WHERE letter = substr(rest, 1, 1)), lower(substr(rest, 1, 1))) END, substr(rest, 2)
  FROM reading WHERE rest <> ''
)
SELECT name, done FROM reading WHERE rest = '';

UPDATE members SET sort_name = (SELECT plain FROM plain_names p WHERE p.name = members.sort_name)
WHERE name IS NOT NULL AND sort_name GLOB '*[^ -~]*';
UPDATE members SET last_name_first = (SELECT plain FROM plain_names p WHERE p.name = members.last_name_first)
WHERE last_name_first GLOB '*[^ -~]*';
UPDATE OR IGNORE company_words SET words = (SELECT plain FROM plain_names p WHERE p.name = company_words.words)
WHERE words GLOB '*[^ -~]*';

-- Companies have a name for sorting too.
ALTER TABLE companies ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
UPDATE companies SET sort_name = (SELECT plain FROM plain_names p WHERE p.name = companies.name);
DROP INDEX companies_by_name;
CREATE INDEX companies_by_name ON companies (sort_name, id);
DROP INDEX companies_by_account_manager;
CREATE INDEX companies_by_account_manager ON companies (account_manager_id, sort_name, id);

DROP TABLE plain_names;
DROP TABLE plain_letters;
