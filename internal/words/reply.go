package words

import (
	"fmt"

	"gongkai"
)

// replyWords are the statuses in Chinese.
var replyWords = map[gongkai.ReplyStatus]string{
	"": "无记录（待复核）", gongkai.ReplyOpen: "待复核", gongkai.ReplyConfirmed: "已核实",
	gongkai.ReplyDisputed: "机关申辩", gongkai.ReplyCorrected: "机关已更正", gongkai.ReplyWithdrawn: "我方撤回，不计分",
}

// Reply says in Chinese where the talk about a statement stands.
func Reply(r gongkai.Reply) string {
	if r.Status == "" {
		return replyWords[""]
	}
	return fmt.Sprintf("%s（%s，%s）：%s", replyWords[r.Status], r.Date, r.Source, r.Text)
}
