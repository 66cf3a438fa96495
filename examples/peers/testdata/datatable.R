# The measures by data.table, for datatable_test.go.
#
#	Rscript --vanilla datatable.R FILE ROWS FIRST LAST THREADS
#
# FILE has the columns of the events one after the other, of ROWS numbers each; the
# events are of the days FIRST to LAST, since 1970. The file is read once. Then each
# line of the input is a request, and is answered by one line, "ok" or what is wrong:
#
#	use KEYS                  customers by "dense", "integer" or "text" keys
#	run IDIOM MEASURE         works a measure out and leaves the result unread
#	save IDIOM MEASURE FILE   the same, with the tables of the result in FILE1, FILE2 ...
#
# The answer before the first says which versions there are, if there are any.

if (!requireNamespace("data.table", quietly = TRUE)) {
  cat("R has no data.table\n")
  quit()
}
library(data.table)
has_integer64 <- suppressPackageStartupMessages(require(bit64, quietly = TRUE, warn.conflicts = FALSE))
options(datatable.auto.index = FALSE) # or a run would leave an index to the next

arguments <- commandArgs(TRUE)
rows <- as.integer(arguments[2])
first_day <- as.integer(arguments[3])
last_day <- as.integer(arguments[4])
setDTthreads(as.integer(arguments[5]))

file <- file(arguments[1], "rb")
column <- function() readBin(file, "integer", rows, size = 4, endian = "little")
keys <- list(dense = column())
events <- data.table(customer = keys$dense, day = column(), minor = column(), step = column(), moment = column())
if (has_integer64) {
  keys$integer <- readBin(file, "double", rows, size = 8, endian = "little")
  setattr(keys$integer, "class", "integer64")
}
close(file)

# Texts are made when they are used: with some million of them in memory, a garbage
# collection takes longer for everyone.
use <- function(key) {
  events[, customer := if (key == "text") sprintf("C%07d", 0:max(keys$dense))[keys$dense + 1L] else keys[[key]]]
  gc()
}

# Months are numbered from that of the first day, by a table of the days there are.
# year() and month() of every event take twenty times as long.
month_of_day <- local({
  day <- as.POSIXlt(as.Date(first_day:last_day, origin = "1970-01-01"))
  month <- 12L * day$year + day$mon
  month - month[1L]
})
months <- max(month_of_day) + 1L
month_of <- function(day) month_of_day[day - first_day + 1L]

totals <- function() events[, .(last = max(day), orders = .N, sum = sum(minor)), keyby = customer]

# Ties are in the order of customers, since totals are and order() is stable. Most of
# the time goes into the totals; the rest is
#
#	totals[order(last), r := ...], by reference            1.3
#	frank(ties.method = "first")                           3
n_tiles <- function(totals) {
  fifths <- function(x) {
    n <- length(x)
    score <- integer(n)
    score[base::order(x, method = "radix")] <- rep.int(1:5, n %/% 5L + (1:5 <= n %% 5L))
    score
  }
  totals[, `:=`(r = fifths(last), f = fifths(orders), m = fifths(sum))][]
}

# quantile() is of type 7 by default. cut() and .bincode() take as long, and so do
# quantiles of sorted values.
quantiles <- function(totals) {
  beyond <- function(x) findInterval(x, quantile(x, 1:4 / 5, names = FALSE), left.open = TRUE)
  totals[, `:=`(r = 5L - beyond(last_day - last), f = 1L + beyond(orders), m = 1L + beyond(sum))][]
}

# The customers and months with an event, in order. unique() and setkey() in place of
# keyby take 1.2 times as long.
active <- function() events[, .N, keyby = .(customer, month = month_of(day))]

# The first month of a customer is the first of his rows.
#
#	first by min(month), joined                            1.1
#	first by month[1], for each customer by reference      1.4
#	unique(), then min(month) joined                       2
#	unique(), then min(month), by reference                2.5 to 3
#	uniqueN(customer) of the events, joined with first     2
cohorts <- function() {
  a <- active()
  firsts <- a[, .(first = month[1L], rows = .N), keyby = customer]
  a[, first := rep.int(firsts$first, firsts$rows)]
  a[, .N, keyby = .(first, month)]
}

# The month before is that of the row before, if any.
#
#	joined with itself                                     2 to 2.3
#	shift(month), for each customer by reference           9
actives <- function() {
  a <- active()
  a[, retained := shift(customer) == customer & shift(month) == month - 1L]
  a[, .(.N, retained = sum(retained, na.rm = TRUE)), keyby = month]
}

# A step is reached from the latest start before it, of those that are open still. A
# rolling join finds the event of the step before that has it, which is the last, at
# least "gap" seconds ago.
#
#	one sorted table and nafill(type = "locf")             1.2, of a million events 0.7
#	non-equi joins of all starts                           1.1
reached <- function(gap) {
  window <- 30L * 86400L
  way <- events[step == 1L, .(customer, moment, start = moment)]
  counts <- uniqueN(way$customer)
  for (k in 2:4) {
    setkey(way, customer, moment)
    now <- events[step == k, .(customer, moment)]
    now[, start := way[now[, .(customer, moment = moment - gap)], on = .(customer, moment), roll = TRUE, mult = "last", x.start]]
    way <- now[moment - start <= window]
    counts <- c(counts, uniqueN(way$customer))
  }
  data.table(t(counts))
}

customary <- list(
  n_tiles = function() n_tiles(totals()),
  quantiles = function() quantiles(totals()),
  cohorts = cohorts,
  actives = actives,
  fused = function() list(n_tiles(totals()), cohorts(), actives()),
  funnel = function() reached(0L),
  strict_funnel = function() reached(1L)
)

# The tuned ones mark the months of every customer in a matrix, whose rows are dense
# keys. Other keys have to be looked up in a table of customers first, which pays only
# if there is one anyway.
matrix_of <- function(customers, row) {
  x <- matrix(FALSE, customers, months)
  x[row + customers * month_of(events$day)] <- TRUE
  x
}
by_key <- function() matrix_of(max(events$customer) + 1L, events$customer + 1L)
by_row <- function(customer) {
  look_up <- if (is.character(customer)) chmatch else match # that of bit64, for integers
  matrix_of(length(customer), look_up(events$customer, customer))
}

cohorts_of <- function(x) {
  first <- max.col(x, "first")
  counts <- vapply(1:months, function(k) tabulate(first[x[, k]], months), integer(months))
  data.table(first = c(row(counts)) - 1L, month = c(col(counts)) - 1L, N = c(counts))[N > 0L]
}
actives_of <- function(x) {
  retained <- if (months > 1L) colSums(x[, -1L, drop = FALSE] & x[, -months, drop = FALSE])
  data.table(month = 1:months - 1L, N = colSums(x), retained = c(0, retained))[N > 0L]
}

tuned <- list(
  cohorts = function() cohorts_of(by_key()),
  actives = function() actives_of(by_key()),
  fused = function() {
    t <- totals()
    x <- if (is.integer(t$customer)) by_key() else by_row(t$customer)
    list(n_tiles(t), cohorts_of(x), actives_of(x))
  }
)

idioms <- list(customary = customary, tuned = tuned)

save <- function(result, name) {
  if (is.data.table(result)) result <- list(result)
  for (i in seq_along(result)) fwrite(result[[i]], paste0(name, i))
}

answer <- function(line) {
  words <- strsplit(line, " ", fixed = TRUE)[[1L]]
  switch(words[1L],
    use = use(words[2L]),
    run = idioms[[words[2L]]][[words[3L]]](),
    save = save(idioms[[words[2L]]][[words[3L]]](), words[4L]),
    stop("what?")
  )
  "ok"
}

reply <- function(line) {
  cat(line, "\n", sep = "")
  flush(stdout())
}

integers <- if (has_integer64) paste("bit64", packageVersion("bit64")) else "no bit64"
reply(sprintf("ready: R %s, data.table %s, %s", getRversion(), packageVersion("data.table"), integers))
input <- file("stdin", "r")
while (length(line <- readLines(input, 1L)) > 0L) {
  reply(tryCatch(answer(line), error = function(e) gsub("\n", " ", conditionMessage(e))))
}
