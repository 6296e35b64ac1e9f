package extract

import (
	"testing"

	"gongkai"
)

func TestTypeOf(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"示例市第一中学", "示例大学", "样县职业技术学院", "示例市人民医院", "城关镇中心卫生院", "样县妇幼保健院", "示例市自来水有限公司", "国网样县供电公司", "示例市公共交通集团", "示例市第三幼儿园", "示例市實驗小學", "云岭省示例供电局", "示例市城市燃气有限公司(热力公司)"} {
		if got := typeOf(name); got != gongkai.PublicService {
			t.Errorf("%s: type %q", name, got)
		}
	}
	for _, name := range []string{"", "示例市教育局", "示例市卫生健康委员会", "示例市烟草专卖局(公司)", "云岭省农业科学院", "示例市行政学院", "中共示例市委党校", "示例市人民法院", "示例市学校后勤管理中心", "示例市医院管理中心", "示例市住房公积金管理中心", "样县疾病预防控制中心", "示例市公司登记局", "示例市大学城管理委员会"} {
		if got := typeOf(name); got != "" {
			t.Errorf("%s: type %q", name, got)
		}
	}
}
