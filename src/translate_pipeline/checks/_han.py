"""Nothing in, two sets out: characters that only Simplified or only Traditional Chinese uses.

Law: no character here is right in both. Two sources, joined: the national encodings of 1980 and
1984, which hold one form of each character (a frequent one of GB 2312 that Big5 lacks is
Simplified, a frequent one of Big5 that GB 2312 lacks Traditional), and a list of pairs for the
Simplified forms that Hong Kong's supplement of Big5 holds for Japanese and for names. Left out
are those with a second life on the other side (后 里 干 台 只 云 于 几 著 群 秘 峰 床 雇 宫 奥).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

__all__ = ["simplified", "traditional"]

# The first of each pair is Simplified (the State Council's table of 1986).
_PAIRS = """
这這 为為 们們 来來 时時 说說 对對 学學 还還 过過 现現 动動 进進 开開 关關 长長 应應 实實 种種
将將 产產 设設 经經 问問 题題 点點 国國 电電 头頭 见見 样樣 让讓 给給 网網 络絡 编編 译譯 软軟
码碼 档檔 库庫 请請 输輸 运運 环環 变變 调調 试試 误誤 错錯 类類 转轉 换換 执執 数數 组組 织織
结結 构構 标標 签籤 页頁 连連 线線 测測 验驗 证證 权權 级級 创創 删刪 单單 双雙 从從 众眾 会會
议議 务務 员員 业業 严嚴 书書 买買 乱亂 亲親 亿億 仅僅 仓倉 优優 传傳 伤傷 价價 侧側 债債 倾傾
储儲 儿兒 兴興 养養 兽獸 写寫 军軍 农農 决決 况況 冻凍 净淨 减減 凤鳳 凭憑 刘劉 则則 刚剛 办辦
劳勞 势勢 区區 医醫 华華 协協 卖賣 卫衛 厂廠 厅廳 历歷 压壓 参參 听聽 启啟 吗嗎 响響 围圍 图圖
圆圓 圣聖 场場 坏壞 块塊 坚堅 坛壇 垒壘 声聲 处處 备備 复複 夺奪 奋奮 奖獎 妇婦 妈媽 娱娛 孙孫
宁寧 宝寶 审審 宽寬 宾賓 寻尋 导導 尔爾 尘塵 尝嘗 层層 属屬 岁歲 岛島 币幣 师師 带帶 帮幫 广廣
庆慶 废廢 张張 弹彈 归歸 录錄 彻徹 径徑 忆憶 态態 怀懷 总總 恶惡 惊驚 惯慣 戏戲 战戰 扩擴 扫掃
扬揚 护護 报報 担擔 拟擬 择擇 损損 捡撿 摆擺 敌敵 无無 旧舊 显顯 晓曉 术術 杂雜 条條 极極 树樹
桥橋 检檢 楼樓 欢歡 欧歐 残殘 毕畢 汇匯 汉漢 汤湯 沟溝 泪淚 洁潔 济濟 浓濃 涂塗 润潤 渐漸 温溫
湾灣 满滿 滤濾 灯燈 灵靈 灾災 炉爐 烂爛 热熱 爱愛 状狀 独獨 狱獄 玛瑪 琐瑣 疗療 疯瘋 盐鹽 监監
盘盤 矿礦 砖磚 确確 础礎 离離 积積 称稱 稳穩 穷窮 竞競 笔筆 筛篩 简簡 粮糧 紧緊 纠糾 红紅 纤纖
约約 纪紀 纯純 纲綱 纳納 纵縱 纷紛 纸紙 纹紋 练練 细細 终終 绍紹 绑綁 绕繞 绘繪 绝絕 统統 继繼
绩績 绪緒 续續 维維 综綜 绿綠 缓緩 缘緣 缩縮 罗羅 罚罰 职職 联聯 聪聰 肃肅 脑腦 脚腳 脸臉 节節
苏蘇 荐薦 药藥 获獲 营營 虑慮 虚虛 补補 装裝 观觀 规規 视視 览覽 觉覺 触觸 计計 订訂 认認 讨討
训訓 讯訊 记記 讲講 许許 论論 访訪 评評 识識 诉訴 词詞 诗詩 话話 该該 详詳 语語 读讀 课課 谁誰
谈談 负負 财財 责責 败敗 货貨 质質 购購 费費 资資 赋賦 赖賴 跃躍 车車 轮輪 轻輕 载載 较較 辑輯
边邊 达達 迁遷 远遠 违違 迟遲 选選 适適 递遞 逻邏 遗遺 邮郵 释釋 针針 钟鐘 钥鑰 钮鈕 链鏈 销銷
锁鎖 键鍵 镜鏡 门門 闭閉 间間 闻聞 阅閱 队隊 阳陽 阶階 际際 陆陸 随隨 险險 难難 静靜 韩韓 顶頂
项項 顺順 须須 顾顧 预預 领領 频頻 颜顏 风風 飞飛 饭飯 馆館 骤驟 鱼魚 鸟鳥 齐齊 龙龍
"""

_BOTH = frozenset("后里干台只云于几著着群羣秘祕峰峯床牀雇僱宫宮奥奧")
# The frequent characters, row by row: level 1 of GB 2312, level 1 of Big5.
_GB = (0xB0, 0xD7, (0xA1, 0xFE))
_BIG5 = (0xA4, 0xC6, (0x40, 0xFE))


@cache
def simplified() -> frozenset[str]:
    """Characters that Traditional Chinese never writes; 15 ms, once."""
    frequent = {char for char in _rows("gb2312", _GB) if not _has("big5", char)}
    alone = {char for char in frequent if not _has("big5hkscs", char)}
    return frozenset(alone | {pair[0] for pair in _PAIRS.split()}) - _BOTH


@cache
def traditional() -> frozenset[str]:
    """Characters that Simplified Chinese never writes; 15 ms, once."""
    frequent = {char for char in _rows("big5", _BIG5) if not _has("gb2312", char)}
    return frozenset(frequent | {pair[1] for pair in _PAIRS.split()}) - _BOTH


def _rows(encoding: str, rows: tuple[int, int, tuple[int, int]]) -> Iterator[str]:
    first, last, (low, high) = rows
    for row in range(first, last + 1):
        for cell in range(low, high + 1):
            char = bytes((row, cell)).decode(encoding, "ignore")
            if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
                yield char


def _has(encoding: str, char: str) -> bool:
    return bool(char.encode(encoding, "ignore"))
