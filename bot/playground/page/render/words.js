// What the drawn blocks say by themselves, in both languages.

const WORDS = {
  unsupported: ["지원하지 않는 블록", "unsupported block"],
  image: ["이미지", "Image"],
  foreignImage: ["다른 호스트의 이미지는 불러오지 않습니다", "Images of other hosts aren’t loaded"],
  edited: ["(편집됨)", "(edited)"],
  optional: ["(선택 사항)", "(optional)"],
  confirmTitle: ["확인", "Are you sure?"],
  confirmYes: ["예", "Yes"],
  confirmNo: ["취소", "Cancel"],
  good: ["도움이 됐어요", "Good response"],
  bad: ["도움이 안 됐어요", "Bad response"],
  more: ["더 보기", "More"],
  choose: ["선택해 주세요", "Choose an option"],
  nothingFound: ["결과가 없습니다", "No results"],
  loading: ["불러오는 중…", "Loading…"],
  typeMore: ["글자를 더 입력해 주세요", "Type more to search"],
  optionsFailed: ["목록을 불러오지 못했습니다", "The list couldn’t be loaded"],
  remove: ["제거", "Remove"],
  file: ["파일 선택", "Choose a file"],
  uploading: ["올리는 중…", "Uploading…"],
  uploadFailed: ["올리지 못했습니다", "The upload failed"],
  download: ["내려받기", "Download"],
  preview: ["미리보기", "Preview"],
  table: ["표", "Table"],
  sortBy: ["정렬", "Sort by"],
  previous: ["이전", "Previous"],
  next: ["다음", "Next"],
  rows: ["행", "rows"],
  chart: ["차트", "Chart"],
  category: ["항목", "Category"],
  plan: ["계획", "Plan"],
  sources: ["출처", "Sources"],
  pending: ["대기", "Pending"],
  in_progress: ["진행 중", "In progress"],
  complete: ["완료", "Done"],
  error: ["실패", "Failed"],
  video: ["동영상", "Video"],
  watch: ["동영상 열기", "Open the video"],
  remoteFile: ["외부 파일", "Remote file"],
  pressEnter: ["Enter를 누르면 전송됩니다", "Press Enter to submit"],
  writing: ["작성 중", "Writing"],
  action: ["실행", "Action"],
};

/** The word in the reader's language. */
export function word(context, name) {
  const [ko, en] = WORDS[name];
  return context.lang === "en" ? en : ko;
}
