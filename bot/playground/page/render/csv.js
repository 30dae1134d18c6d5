// The first rows of a CSV text. Pure.

/** Rows of cells, at most `most`; quotes and doubled quotes as in RFC 4180, the separator as in the first line. */
export function csvRows(text, most, columns = 20) {
  const rows = [[""]];
  const separator = separatorOf(text);
  let isQuoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const char = text[at];
    const row = rows.at(-1);
    if (isQuoted && char === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted || (char !== separator && char !== "\n")) row[row.length - 1] += char === "\r" ? "" : char;
    else if (char === separator) row.push("");
    else if (rows.length === most) break;
    else rows.push([""]);
  }
  return rows.filter((row) => row.length > 1 || row[0]).map((row) => row.slice(0, columns));
}

function separatorOf(text) {
  const end = text.indexOf("\n");
  const first = end < 0 ? text : text.slice(0, end);
  return [",", "\t", ";"].find((one) => first.includes(one)) ?? ",";
}
