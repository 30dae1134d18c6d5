// The live line to the server: one WebSocket that comes back by itself.

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

export class Feed {
  /** `onReady` at each (re)connection, `onChange` per change, `onLost` when the line is cut. */
  constructor({ onReady, onChange, onLost }) {
    Object.assign(this, { onReady, onChange, onLost });
    this.user = null;
    this.socket = null;
    this.wait = FIRST_WAIT_MS;
    this.timer = 0;
    addEventListener("online", () => this.again());
  }

  /** Listens for `user` from now on. */
  open(user) {
    this.user = user;
    this.connect();
  }

  /** Tries at once instead of waiting for the next attempt. */
  again() {
    if (this.user !== null && this.socket?.readyState !== WebSocket.OPEN) this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    const old = this.socket;
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, "ws")}/ui/feed?user=${encodeURIComponent(this.user)}`,
    );
    this.socket = socket;
    old?.close();
    socket.addEventListener("message", (event) => socket === this.socket && this.take(event.data));
    socket.addEventListener("close", () => socket === this.socket && this.lost());
  }

  take(data) {
    let change;
    try {
      change = JSON.parse(data);
    } catch {
      return;
    }
    if (change?.kind !== "ready") return void this.onChange(change);
    this.wait = FIRST_WAIT_MS;
    this.onReady();
  }

  lost() {
    this.onLost();
    this.timer = setTimeout(() => this.connect(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}
