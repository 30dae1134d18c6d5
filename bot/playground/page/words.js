// The page's own words in both languages, and how it writes times.

import { recall, remember } from "./prefs.js";

const WORDS = {
  skip: { ko: "메시지 입력창으로 건너뛰기", en: "Skip to the message box" },
  offline: {
    ko: "서버와 연결이 끊겼습니다. 다시 연결하고 있습니다…",
    en: "The server is out of reach. Connecting again…",
  },
  offlineNow: { ko: "지금 다시 연결", en: "Connect now" },
  fileMissing: {
    ko: "파일을 올리지 못했습니다. 다시 첨부해 주세요.",
    en: "A file could not be uploaded. Attach it again.",
  },
  noServer: {
    ko: "서버에 연결하지 못했습니다. 서버가 실행 중인지 확인한 뒤 다시 시도해 주세요.",
    en: "The server couldn’t be reached. See that it’s running, then try again.",
  },
  failed: { ko: "처리하지 못했습니다. 다시 시도해 주세요.", en: "That didn’t work. Please try again." },
  menu: { ko: "채널 목록 열기", en: "Open the list of channels" },
  closeMenu: { ko: "채널 목록 닫기", en: "Close the list of channels" },
  sidebar: { ko: "채널과 사람", en: "Channels and people" },
  channels: { ko: "채널", en: "Channels" },
  apps: { ko: "앱", en: "Apps" },
  tricks: { ko: "해 보기", en: "Try it out" },
  speakingAs: { ko: "말하는 사람", en: "Speaking as" },
  connected: { ko: "봇 연결됨", en: "Bot connected" },
  disconnected: { ko: "봇 연결 안 됨", en: "Bot not connected" },
  toDark: { ko: "어두운 테마로", en: "Dark theme" },
  toLight: { ko: "밝은 테마로", en: "Light theme" },
  toOther: { ko: "English", en: "한국어" },
  keys: { ko: "단축키", en: "Keyboard shortcuts" },
  unread: { ko: "읽지 않은 메시지 {n}개", en: "{n} unread" },
  members: { ko: "멤버 {n}명", en: "{n} members" },
  members1: { ko: "멤버 1명", en: "1 member" },
  messagesIn: { ko: "{name}의 메시지", en: "Messages in {name}" },
  news: { ko: "새 메시지", en: "New messages" },
  earlier: { ko: "이전 메시지 더 보기", en: "Load earlier messages" },
  newBelow: { ko: "새 메시지 {n}개", en: "{n} new messages" },
  newBelow1: { ko: "새 메시지 1개", en: "1 new message" },
  toBottom: { ko: "최근 메시지로", en: "Jump to the latest" },
  newLine: { ko: "새 메시지", en: "New" },
  today: { ko: "오늘", en: "Today" },
  yesterday: { ko: "어제", en: "Yesterday" },
  emptyChannel: { ko: "#{name} 채널의 시작입니다", en: "This is the start of #{name}" },
  emptyChannelHint: {
    ko: "@{bot} 뒤에 질문을 적어 보내 주세요. 아래 예시를 누르면 입력창에 들어갑니다.",
    en: "Mention @{bot} and ask. Press an example to put it in the message box.",
  },
  emptyDm: { ko: "{bot}에게 질문하기", en: "Ask {bot}" },
  emptyDmHint: { ko: "여기서는 멘션 없이 바로 질문하면 됩니다.", en: "Just ask: no mention is needed here." },
  prompts: { ko: "질문 예시", en: "Try asking" },
  app: { ko: "앱", en: "APP" },
  edited: { ko: "(편집됨)", en: "(edited)" },
  onlyYou: { ko: "나에게만 보임", en: "Only visible to you" },
  dismiss: { ko: "지우기", en: "Dismiss" },
  tombstone: { ko: "삭제된 메시지입니다.", en: "This message was deleted." },
  replies: { ko: "답글 {n}개", en: "{n} replies" },
  replies1: { ko: "답글 1개", en: "1 reply" },
  lastReply: { ko: "마지막 답글 {time}", en: "Last reply {time}" },
  inThread: { ko: "스레드에 답글을 남김:", en: "replied to a thread:" },
  alsoSent: { ko: "채널에도 보냄", en: "Also sent to the channel" },
  writing: { ko: "작성 중", en: "Writing" },
  actions: { ko: "메시지 동작", en: "Message actions" },
  reply: { ko: "스레드에서 답글", en: "Reply in thread" },
  react: { ko: "반응 추가", en: "Add a reaction" },
  edit: { ko: "편집", en: "Edit" },
  remove: { ko: "삭제", en: "Delete" },
  more: { ko: "더 보기", en: "More" },
  copy: { ko: "텍스트 복사", en: "Copy text" },
  copied: { ko: "복사했습니다.", en: "Copied." },
  removeAsk: { ko: "이 메시지를 삭제할까요?", en: "Delete this message?" },
  removeText: { ko: "되돌릴 수 없습니다.", en: "This can’t be undone." },
  save: { ko: "저장", en: "Save" },
  cancel: { ko: "취소", en: "Cancel" },
  close: { ko: "닫기", en: "Close" },
  back: { ko: "뒤로", en: "Back" },
  required: { ko: "입력해 주세요.", en: "Please fill this in." },
  pickEmoji: { ko: "이모지 고르기", en: "Choose an emoji" },
  reactedBy: { ko: "{who}: {name}", en: "{who}: {name}" },
  thread: { ko: "스레드", en: "Thread" },
  closeThread: { ko: "스레드 닫기", en: "Close the thread" },
  alsoChannel: { ko: "#{name}에도 보내기", en: "Also send to #{name}" },
  alsoDm: { ko: "대화에도 보내기", en: "Also send to the conversation" },
  writeChannel: { ko: "#{name}에 메시지 보내기", en: "Message #{name}" },
  writeDm: { ko: "{name}에게 메시지 보내기", en: "Message {name}" },
  writeReply: { ko: "답글 쓰기…", en: "Reply…" },
  archived: { ko: "보관된 채널이라 글을 쓸 수 없습니다.", en: "This channel is archived; nobody can write here." },
  send: { ko: "보내기", en: "Send" },
  sending: { ko: "보내는 중…", en: "Sending…" },
  retry: { ko: "다시 보내기", en: "Retry" },
  putBack: { ko: "고쳐 쓰기", en: "Edit" },
  discard: { ko: "버리기", en: "Discard" },
  attach: { ko: "파일 첨부", en: "Attach a file" },
  detach: { ko: "{name} 빼기", en: "Remove {name}" },
  uploading: { ko: "올리는 중", en: "Uploading" },
  dropHere: { ko: "여기에 놓으면 첨부됩니다", en: "Drop to attach" },
  mention: { ko: "멘션하기", en: "Mention somebody" },
  commands: { ko: "명령어와 바로가기", en: "Commands and shortcuts" },
  sendHint: { ko: "Enter 보내기 · Shift+Enter 줄바꿈", en: "Enter to send · Shift+Enter for a new line" },
  suggestions: { ko: "제안", en: "Suggestions" },
  working: { ko: "작업 중…", en: "is working…" },
  stop: { ko: "중지", en: "Stop" },
  stopped: { ko: "중지를 요청했습니다.", en: "Asked to stop." },
  tabs: { ko: "앱 화면", en: "App tabs" },
  home: { ko: "홈", en: "Home" },
  messages: { ko: "메시지", en: "Messages" },
  about: { ko: "정보", en: "About" },
  noHome: { ko: "아직 홈 화면이 없습니다", en: "There’s no Home here yet" },
  noHomeHint: {
    ko: "이 앱은 홈 탭을 쓰지 않습니다. ‘메시지’ 탭에서 질문해 주세요.",
    en: "This app doesn’t use its Home tab. Ask it something under Messages.",
  },
  homeWaits: {
    ko: "앱이 홈 화면을 보내면 여기에 나타납니다.",
    en: "It appears here as soon as the app publishes one.",
  },
  toMessages: { ko: "메시지로 가기", en: "Go to Messages" },
  shortcuts: { ko: "바로가기", en: "Shortcuts" },
  slash: { ko: "명령어", en: "Commands" },
  notUploaded: { ko: "{name} 파일을 올리지 못했습니다.", en: "{name} wasn’t uploaded." },
  keyFocus: { ko: "다음 영역으로", en: "Next part of the page" },
  keyMove: { ko: "메시지 사이 이동", en: "Move between messages" },
  keyReply: { ko: "스레드에서 답글 (메시지에 초점이 있을 때)", en: "Reply in thread (on a message)" },
  keyReact: { ko: "반응 추가", en: "Add a reaction" },
  keyEdit: { ko: "내 메시지 편집", en: "Edit your message" },
  keyLast: { ko: "빈 입력창에서: 내 마지막 메시지 편집", en: "In an empty box: edit your last message" },
  keyClose: { ko: "메뉴, 창, 스레드 닫기", en: "Close menus, dialogs, the thread" },
};

let current = recall("lang") ?? (navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en");
document.documentElement.lang = current;

export const lang = () => current;

/** A text as it is, or one in both languages, {ko, en}, in the page's. */
export const said = (text) => (typeof text === "string" ? text : (text?.[current] ?? text?.en ?? ""));

export function switchLanguage() {
  current = current === "ko" ? "en" : "ko";
  remember("lang", current);
  document.documentElement.lang = current;
}

/** The words called `key`; {name} in them is taken from `values`, and with n = 1 the singular is taken. */
export function t(key, values = {}) {
  const words = (values.n === 1 && WORDS[`${key}1`]) || WORDS[key];
  return words[current].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const dateOf = (ts) => new Date(Number(ts) * 1000);

const format = (ts, options) =>
  new Intl.DateTimeFormat(current === "ko" ? "ko-KR" : "en-US", options).format(dateOf(ts));
export const timeText = (ts) => format(ts, { hour: "numeric", minute: "2-digit" });
export const fullTime = (ts) => format(ts, { dateStyle: "full", timeStyle: "medium" });
export const dayKey = (ts) => dateOf(ts).toDateString();

/** Today, yesterday, or the date. */
export function dayText(ts) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - dateOf(ts).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return format(ts, { month: "long", day: "numeric", weekday: "long", ...(days > 180 ? { year: "numeric" } : {}) });
}
