package crawler

import (
	"strings"
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

func TestIdentify(t *testing.T) {
	t.Parallel()
	sites := []*Site{
		{ID: "a", Agencies: []Agency{
			{ID: "320800-szf", Name: "淮安市人民政府", Type: gongkai.Government},
			{ID: "320813-zf", Name: "淮安市洪泽区人民政府", Type: gongkai.Government},
			{ID: "320813-czj", Name: "江苏省淮安市洪泽区财政局"},
			{ID: "320800-kjj", Name: "淮安市科学技术局", Aliases: []string{"市科技局", "淮安市科技局"}},
		}},
		{ID: "b", Agencies: []Agency{
			{ID: "1", Name: "东江市鼓楼区财政局"},
			{ID: "2", Name: "西江市鼓楼区财政局"},
			{ID: "3", Name: "城北区民政局"},
			{ID: "4", Name: "北江市城关区民政局"},
			{ID: "5", Name: "东江市教育局"},
			{ID: "6", Name: "东江市体育局", Aliases: []string{"东江市教育局"}},
		}},
	}
	names := []gongkai.AgencyName{{Agency: "320800-kjj", Kind: gongkai.FullName, Value: "淮安市科学技术委员会"}}
	events := []gongkai.AgencyEvent{{Type: gongkai.Rename, From: []string{"name:东江市鼓楼区财税局"}, To: []string{"1"}}}
	x := NewIndex(sites, names, events)
	for _, tt := range []struct {
		name, text string
		want       Identified
	}{
		{"淮安市人民政府", "", Identified{ID: "320800-szf", By: "name"}},
		{"淮安市", "", Identified{ID: "320800-szf", By: "name"}},
		{"淮安市科技局", "", Identified{ID: "320800-kjj", By: "name"}},
		{"淮安市科学技术委员会", "", Identified{ID: "320800-kjj", By: "name"}},
		{"东江市鼓楼区财税局", "", Identified{ID: "1", By: "name"}},
		{"市科技局", "淮安市", Identified{}},
		{"东江市教育局", "", Identified{Possible: []string{"5", "6"}, Shared: true}},
		{"洪泽区人民政府", "淮安市洪泽区政务公开", Identified{ID: "320813-zf", By: "suffix"}},
		{"洪泽区人民政府", "", Identified{ID: "320813-zf", By: "suffix"}},
		{"城关区民政局", "西江市", Identified{Possible: []string{"4"}}},
		{"城关区民政局", "北江市的城关区", Identified{ID: "4", By: "suffix"}},
		{"洪泽区财政局", "淮安市", Identified{ID: "320813-czj", By: "suffix"}},
		{"鼓楼区财政局", "东江市", Identified{Possible: []string{"1", "2"}}},
		{"南江市城北区民政局", "", Identified{Possible: []string{"3"}}},
		{"淮安市水利局", "", Identified{}},
	} {
		got := x.Identify(tt.name, func(place string) bool { return strings.Contains(tt.text, place) })
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s in %q (-want +got):\n%s", tt.name, tt.text, diff)
		}
	}
}
