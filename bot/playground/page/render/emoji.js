// The emoji that a :name: stands for. A name that is not here stays as it was typed.

const NAMES = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|point_right 👉
point_left 👈|point_up ☝️|point_down 👇|raised_hand ✋|v ✌️|crossed_fingers 🤞|handshake 🤝|writing_hand ✍️|eyes 👀
brain 🧠|heart ❤️|broken_heart 💔|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|sparkling_heart 💖
sparkles ✨|star ⭐|star2 🌟|dizzy 💫|boom 💥|fire 🔥|zap ⚡|100 💯|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆
medal 🏅|first_place_medal 🥇|dart 🎯|crown 👑|gem 💎|rocket 🚀|airplane ✈️|smile 😄|grinning 😀|smiley 😃|grin 😁
laughing 😆|joy 😂|rofl 🤣|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉|blush 😊|innocent 😇|heart_eyes 😍
kissing_heart 😘|yum 😋|stuck_out_tongue 😛|thinking_face 🤔|neutral_face 😐|expressionless 😑|smirk 😏|unamused 😒
grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|open_mouth 😮
astonished 😲|flushed 😳|cry 😢|sob 😭|scream 😱|sweat 😓|sweat_smile 😅|weary 😩|tired_face 😫|triumph 😤|rage 😡|angry 😠
exploding_head 🤯|skull 💀|ghost 👻|alien 👽|robot_face 🤖|poop 💩|see_no_evil 🙈|monkey_face 🐵|dog 🐶|cat 🐱|bug 🐛
snail 🐌|turtle 🐢|unicorn_face 🦄|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌
heavy_multiplication_x ✖️|negative_squared_cross_mark ❎|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|warning ⚠️
rotating_light 🚨|exclamation ❗|heavy_exclamation_mark ❗|question ❓|grey_question ❔|bangbang ‼️|interrobang ⁉️
information_source ℹ️|construction 🚧|red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡
large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_red_square 🟥
large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛|small_blue_diamond 🔹
small_orange_diamond 🔸|small_red_triangle 🔺|small_red_triangle_down 🔻|chart_with_upwards_trend 📈
chart_with_downwards_trend 📉|bar_chart 📊|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰
clock1 🕐|clock3 🕒|watch ⌚|calendar 📆|date 📅|spiral_calendar_pad 🗓️|arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️
arrow_right ➡️|arrow_upper_right ↗️|arrow_lower_right ↘️|arrows_counterclockwise 🔄|repeat 🔁|rewind ⏪
fast_forward ⏩|arrow_forward ▶️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|new 🆕|up 🆙|ok 🆗|sos 🆘|cool 🆒
free 🆓|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|bulb 💡|mag 🔍|mag_right 🔎|link 🔗|lock 🔒|unlock 🔓|key 🔑
hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩|test_tube 🧪|microscope 🔬|telescope 🔭|satellite 🛰️
computer 💻|desktop_computer 🖥️|keyboard ⌨️|floppy_disk 💾|cd 💿|battery 🔋|electric_plug 🔌|package 📦|inbox_tray 📥
outbox_tray 📤|email 📧|envelope ✉️|incoming_envelope 📨|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬
thought_balloon 💭|memo 📝|pencil 📝|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|bookmark_tabs 📑|clipboard 📋
pushpin 📌|round_pushpin 📍|paperclip 📎|scissors ✂️|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️
card_file_box 🗃️|file_cabinet 🗄️|wastebasket 🗑️|books 📚|book 📖|bookmark 🔖|label 🏷️|moneybag 💰|dollar 💵
credit_card 💳|receipt 🧾|shield 🛡️|sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|rainbow 🌈|ocean 🌊|earth_asia 🌏
earth_americas 🌎|globe_with_meridians 🌐|seedling 🌱|evergreen_tree 🌲|coffee ☕|pizza 🍕|cake 🍰|beer 🍺|beers 🍻
checkered_flag 🏁|triangular_flag_on_post 🚩|kr 🇰🇷|us 🇺🇸|recycle ♻️|heavy_plus_sign ➕|heavy_minus_sign ➖
infinity ♾️|wavy_dash 〰️|copyright ©️|tm ™️|ambulance 🚑|fire_engine 🚒|construction_worker 👷|detective 🕵️
technologist 🧑‍💻|busts_in_silhouette 👥|bust_in_silhouette 👤|speaking_head_in_silhouette 🗣️
`;

/** name -> the characters. */
export const EMOJI = new Map(
  NAMES.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(" ")),
);
