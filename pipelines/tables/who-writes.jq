# The shared fields and who reads and writes them. From a .shared's dump:
#   ks-shared --dump=json x.shared | jq -r -f who-writes.jq
def who(driver; kernel):
  [if driver then "driver" else empty end, if kernel then "kernel" else empty end] | join(" ");
select(.table == "fields")
| [.name, "read by " + who(.driver_reads; .kernel_reads),
   "written by " + who(.driver_writes or .driver_initializes; .kernel_writes)]
| @tsv
