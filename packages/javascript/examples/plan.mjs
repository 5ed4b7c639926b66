// A small plan that the examples share.
export const plan = {
  fentan: 1,
  name: "示例小区",
  lines: [
    { id: "roof", name: "屋面", amount: "1000.00" },
    { id: "gate", name: "大门", amount: "100.00", share_by: "household" },
  ],
  sources: [{ id: "county", kind: "county", rate: "50%" }],
  relief: { rates: { dibao: "1" } },
  households: [
    { id: "1-1-101", area: "60.00", hardship: "dibao" },
    { id: "1-1-201", area: "70.00" },
    { id: "1-1-301", area: "80.50" },
  ],
};
