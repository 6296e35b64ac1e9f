# Questions asked of an export of gongkai, with base R alone.
#
#     gongkai export --out export --tables v_current_report,v_harmonised
#     Rscript recipe.R export disclosure
#     Rscript recipe.R export zero
#
# Writes CSV to standard output.

fewest <- 10 # no rate on fewer cases than this
z <- 1.96

# An id is text. NA is what is not known, never 0.
read_table <- function(folder, table) {
  read.csv(file.path(folder, paste0(table, ".csv")),
    fileEncoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE,
    colClasses = c(report_id = "character")
  )
}

# One row per report, one column per measure.
measures <- function(folder, wanted) {
  h <- read_table(folder, "v_harmonised")
  h <- h[h$measure %in% wanted, c("report_id", "measure", "value")]
  h$measure <- factor(h$measure, levels = wanted)
  wide <- reshape(h, idvar = "report_id", timevar = "measure", direction = "wide")
  names(wide) <- sub("^value\\.", "", names(wide))
  wide
}

disclosure <- function(folder) {
  wanted <- c("granted", "partly_granted", "requests_processed")
  r <- read_table(folder, "v_current_report")
  # Only reports whose form has the total: that of 2014 has none.
  h <- read_table(folder, "v_harmonised")
  have <- h$report_id[h$measure == "requests_processed"]
  r <- r[!is.na(r$year) & r$report_id %in% have, c("report_id", "level", "scope", "year")]
  d <- merge(r, measures(folder, wanted), by = "report_id")
  d$level[is.na(d$level)] <- ""
  d$x <- d$granted + d$partly_granted
  d$used <- !is.na(d$x) & !is.na(d$requests_processed) & d$x <= d$requests_processed
  d$n <- ifelse(d$used, d$requests_processed, 0)
  d$x <- ifelse(d$used, d$x, 0)
  d$reports <- 1
  # Scopes are never added: consolidated figures contain the others.
  out <- aggregate(cbind(reports, used, disclosed = x, processed = n) ~ level + scope + year, d, sum)
  n <- ifelse(out$processed >= fewest & out$processed > 0, out$processed, NA)
  p <- out$disclosed / n # no requests give no rate, neither 0 nor 1
  half <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  out$share <- round(p, 4)
  out$low <- round((p + z^2 / (2 * n) - half) / (1 + z^2 / n), 4)
  out$high <- round((p + z^2 / (2 * n) + half) / (1 + z^2 / n), 4)
  out[order(out$level, out$scope, out$year), ]
}

zero <- function(folder) {
  h <- read_table(folder, "v_harmonised")
  h <- h[h$measure == "requests_received" & !is.na(h$year), ]
  h$reports <- 1
  h$zero <- !is.na(h$value) & h$value == 0
  h$unknown <- is.na(h$value)
  out <- aggregate(cbind(reports, zero, unknown) ~ year + scope, h, sum)
  out[order(out$year, out$scope), ]
}

args <- commandArgs(trailingOnly = TRUE)
questions <- list(disclosure = disclosure, zero = zero)
if (length(args) != 2 || !args[2] %in% names(questions)) {
  stop("usage: recipe.R FOLDER disclosure|zero")
}
write.csv(questions[[args[2]]](args[1]), row.names = FALSE, na = "", quote = FALSE)
