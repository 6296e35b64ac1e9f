package sketch_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/warehouse/sketch"
)

const sample = `（一）存在的问题。2023年，示例市样县教育局受理申请12件，个别栏目更新不及时，政策解读的形式较为单一，基层工作人员变动较多，对条款的掌握还不均衡。
（二）改进的做法。一是按季度核对公开目录，对解读材料增加图表和问答；二是组织学习和答复文书互评3次，编写常见情形办理指引，受理后先与申请人电话确认需求。`

var names = sketch.Names("示例市样县教育局")

func of(t *testing.T, text string, names []string) sketch.Sketch {
	t.Helper()
	s, ok := sketch.Of(text, names)
	if !ok {
		t.Fatalf("only %d letters: %s", s.Letters, s.Masked)
	}
	return s
}

// words makes a text of n random characters, without numerals.
func words(rng *rand.Rand, n int) string {
	const characters = "更新栏目政策解读形式基层人员变动条款掌握均衡历史文件数字化查询方便答复文书说理充分申请沟通加强核对目录材料图表问答组织学习互评编写常见情形办理指引分批整理上网完善检索受理确认需求前由法制机构审核"
	list := []rune(characters)
	text := make([]rune, n)
	for i := range text {
		text[i] = list[rng.IntN(len(list))]
	}
	return string(text)
}

func TestNames(t *testing.T) {
	want := []string{"示例市样县教育局", "样县教育局", "示例市样县", "教育局", "示例市", "样县"}
	if got := names; !slices.Equal(got, want) {
		t.Errorf("names are %q, want %q", got, want)
	}
	for _, agency := range []string{"", "国务院", "人民政府", "市"} {
		for _, n := range sketch.Names(agency) {
			if n == "人民政府" || n == "市" || n == "" {
				t.Errorf("%q gives the name %q", agency, n)
			}
		}
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2023年，示例市样县教育局受理申请 1,234 件。", "#年#受理申请#件"},
		{"２０２３年，样县教育局受理申请三十二件", "#年#受理申请#件"},
		{"（一）主动公开情况。（二）依申请公开情况。", "#"},
		{"本报告", "本报告"},
		{"根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和国办公开办函〔2021〕30号", "#和#号"},
		{"", ""},
	} {
		if got := sketch.Mask(c.text, names); got != c.want {
			t.Errorf("Mask(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzMaskTwice(f *testing.F) {
	f.Add(sample, "示例市样县教育局")
	f.Add("本本年度年度#三#本年度", "三县")
	f.Fuzz(func(t *testing.T, text, agency string) {
		once := sketch.Mask(text, sketch.Names(agency))
		if twice := sketch.Mask(once, sketch.Names(agency)); twice != once {
			t.Errorf("masked %q, and again %q", once, twice)
		}
	})
}

// TestFiguresAndNames changes nothing but numbers and names.
func TestFiguresAndNames(t *testing.T) {
	a := of(t, sample, names)
	other := strings.NewReplacer("2023", "2024", "12", "三百零五", "示例市样县教育局", "典区民政局", "3次", "17次", "一是", "1.是", "，", ", ").Replace(sample)
	b := of(t, other, sketch.Names("典区民政局"))
	if j := sketch.Jaccard(a.Masked, b.Masked); j < 0.99 {
		t.Errorf("similarity %.3f, want at least 0.99:\n%s\n%s", j, a.Masked, b.Masked)
	}
	if a.Hash != b.Hash {
		t.Errorf("hashes differ:\n%s\n%s", a.Masked, b.Masked)
	}
}

// TestEstimate compares the signature with the exact similarity, from texts
// that share nothing to texts that are equal.
func TestEstimate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	sum := 0.0
	const tries = 200
	for i := range tries {
		common, own := words(rng, 10+rng.IntN(600)), 1+i*3%400
		a, b := of(t, common+words(rng, own+60), nil), of(t, common+words(rng, own+60), nil)
		exact, estimate := sketch.Jaccard(a.Masked, b.Masked), a.Similarity(&b)
		if exact != sketch.Jaccard(b.Masked, a.Masked) || estimate != b.Similarity(&a) {
			t.Fatal("similarity depends on the order")
		}
		p := (1 + exact) / 2
		bound := 5 * 2 * math.Sqrt(p*(1-p)/(64*sketch.Words)) // five standard errors
		if math.Abs(exact-estimate) > bound+1e-9 {
			t.Errorf("estimate %.3f of %.3f: more than %.3f off", estimate, exact, bound)
		}
		sum += estimate - exact
	}
	if bias := sum / tries; math.Abs(bias) > 0.01 {
		t.Errorf("estimates are off by %.4f on the average", bias)
	}
}

func TestUnrelated(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		a, b := of(t, words(rng, 300), nil), of(t, words(rng, 300), nil)
		if j, e := sketch.Jaccard(a.Masked, b.Masked), a.Similarity(&b); j >= 0.1 || e >= 0.3 {
			t.Errorf("unrelated texts: %.3f, estimated %.3f", j, e)
		}
	}
	a := of(t, sample, names)
	if a.Similarity(&a) != 1 || sketch.Jaccard(a.Masked, a.Masked) != 1 {
		t.Error("a text is not like itself")
	}
}

// TestTooShort wants nothing compared of which little is left.
func TestTooShort(t *testing.T) {
	for _, text := range []string{"", "无。", "本年度没有其他需要报告的事项。", strings.Repeat("示例市样县教育局2023年", 50), strings.Repeat("存在的主要问题及改进情况", 30)} {
		if s, ok := sketch.Of(text, names); ok || s.Bits != [sketch.Words]uint64{} {
			t.Errorf("%q is compared, with %d letters: %s", text, s.Letters, s.Masked)
		}
	}
	long := words(rand.New(rand.NewPCG(5, 6)), 3*sketch.MaxLetters)
	if s := of(t, long, nil); s.Letters != sketch.MaxLetters {
		t.Errorf("%d letters of a long text", s.Letters)
	}
}

// TestRealTexts wants no two published texts taken for copies.
func TestRealTexts(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "reports", "pages-excerpts", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) < 2 {
		t.Skip("published reports are not here: ../shared/reports")
	}
	var all []sketch.Sketch
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := sketch.Of(string(text), nil); ok {
			all = append(all, s)
		}
	}
	most := ""
	best := 0.0
	for i := range all {
		for j := range i {
			if s := sketch.Jaccard(all[i].Masked, all[j].Masked); s > best {
				best, most = s, fmt.Sprint(paths[i], " ", paths[j])
			}
		}
	}
	t.Logf("%d texts, at most %.3f alike: %s", len(all), best, most)
	if best > 0.8 {
		t.Errorf("published texts are %.3f alike: %s", best, most)
	}
}

func BenchmarkOf(b *testing.B) {
	text := words(rand.New(rand.NewPCG(7, 8)), 500)
	for b.Loop() {
		sketch.Of(text, names)
	}
}
