package oddities

// secure are sites whose TLS is wrong.
func secure() []Case {
	var all []Case
	add := func(name string, f Flaw, exception, result string) *Case {
		const column = "https://" + Host + "/nb/"
		c := Case{Number: 20, Name: name, Platform: "generic", Column: column, Flaw: f, Pages: Pages{"/nb/": list("", 1)}.with(1)}
		if exception != "" {
			c.Site = "[tls]\n" + exception + " = true\nreason = \"seen 2024-01-15\""
		}
		if c.Want = []string{result + " https://" + Host + show(1)}; result != "new" {
			c.Want = []string{result + " " + column}
			c.Notes = []string{"alert:column nb"}
		}
		all = append(all, c)
		return &all[len(all)-1]
	}
	add("nothing is wrong", Sound, "", "new")
	for _, f := range []Flaw{Expired, SelfSigned, OtherName} {
		add("certificate: "+string(f), f, "", "problem:tls")
		add("certificate: "+string(f)+", allowed with a reason", f, "insecure", "new")
	}
	for _, f := range []Flaw{TLS10, RSAExchange, TripleDES} {
		add(string(f), f, "", "problem:tls")
		add(string(f)+", allowed with a reason", f, "legacy", "new")
	}
	add("a certificate that is not trusted is no matter of old ciphers", SelfSigned, "legacy", "problem:tls")
	both := add("HTTPS fails with 502, HTTP works", Sound, "", "problem:status")
	both.Site = "[[column]]\nid = \"plain\"\nurl = \"http://" + Host + "/plain/\""
	both.Pages = Pages{"/nb/": status(502, ""), "/plain/": list("", 1)}.with(1)
	both.Want = captured(1, both.Want...)
	return all
}
