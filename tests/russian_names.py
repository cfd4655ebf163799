"""Which of a town's Cyrillic names is the Russian one: GeoNames lists them without their language.

Letters that Russian lacks rule out most others. What is left is weighed by likeness to the Latin name and to names of
towns that have one candidate alone, and by habits of Russian spelling (doubled consonants, soft l, hyphens). Names of
zone cities in Unicode CLDR come first; the largest towns were looked through by eye (CHECKED).
"""

from __future__ import annotations

import collections
import difflib
import math
import re
import unicodedata

RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё \-]*$")
FOREIGN = re.compile(r"ъ(?![еёюя])|[аеиоуыэюя]ь|(?<=[а-яё])[А-ЯЁ]|ъ$")
SMALL = frozenset(re.findall(
    r"\w+", "на де ла ди дю дель им и в под над о у ле дос до да ду дус ди эль эн ан ам ин оф лез сюр лас лос лес дер "
    "бай деи делла дел аль"))
HYPHENLESS = frozenset(re.findall(r"\w+", "RU BY UA KZ KG UZ TM TJ MN AZ AM GE MD BG TR RS MK"))
"""Countries whose names of two words take no hyphen in Russian as a rule."""
_READ = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e"
READ_BACK = frozenset(re.findall(r"\w+", "RU BY UA KZ KG"))
"""Countries whose Latin names are mostly readings of the Russian ones."""
LATIN = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяё", _READ.replace("-", "").split(" "), strict=True))


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def hyphened(name: str, country: str) -> str:
    """Нью Йорк is Нью-Йорк in Russian; Нижний Новгород stays."""
    if country in HYPHENLESS:
        return name
    words = name.replace("-", " ").split()
    return "-".join(w.lower() if k and w.lower() in SMALL else w for k, w in enumerate(words))


def candidates(names: list[str], country: str) -> list[str]:
    """The Cyrillic names that may be Russian."""
    found = []
    if any("-" in name and RUSSIAN.match(name) for name in names):
        names = [name for name in names if " " not in name]  # Serbian and Bulgarian write Сан Франсиско
    for name in names:
        words = [word for word in re.split("[ -]", name) if word]
        if (not RUSSIAN.match(name) or FOREIGN.search(name) or (name.isupper() and len(name) > 1)
                or any(word[0].islower() and word not in SMALL for word in words)
                or (country == "CN" and re.search("дж|нг(?![аоуеэ])|нг$", name.lower()))
                or (country in ("BR", "PT") and "Сао" in name)):
            continue
        if (told := hyphened(name, country)) not in found:
            found.append(told)
    return found


class Chooser:
    """Learns letters from towns with one candidate, then weighs the rest."""

    def __init__(self, single: list[str]) -> None:
        self.triples: collections.Counter[str] = collections.Counter()
        self.pairs: collections.Counter[str] = collections.Counter()
        for name in single:
            text = f"^^{name.lower()}$"
            for k in range(2, len(text)):
                self.triples[text[k - 2:k + 1]] += 1
                self.pairs[text[k - 2:k]] += 1

    def weight(self, name: str, latin: str, country: str) -> float:
        text, low = f"^^{name.lower()}$", name.lower()
        likely = sum(math.log((self.triples[text[k - 2:k + 1]] + 0.1) / (self.pairs[text[k - 2:k]] + 3.5))
                     for k in range(2, len(text))) / (len(text) - 2)
        read = "".join(LATIN.get(c, c) for c in low)
        alike = difflib.SequenceMatcher(None, read, plain(latin)).ratio()
        habits = 0.25 * len(re.findall(r"([бвгдзклмнпрстфх])\1", low)) + 0.2 * len(re.findall("ль|[её]й|[еи]я|ю", low))
        if country not in HYPHENLESS:
            habits -= 0.4 * len(re.findall("[рцжшчкг]ы|[бвгдзклмнпрст]э", low)) - 0.5 * ("-" in name)
        if plain(latin).startswith("h") and low.startswith("г"):
            habits += 0.2
        return (8.0 if country in READ_BACK else 2.0) * alike + 1.5 * likely + habits


CHECKED = {}
for _line in """
CN Beijing Пекин;Guangzhou Гуанчжоу;Chengdu Чэнду;Tianjin Тяньцзинь;Dongguan Дунгуань;Nanjing Нанкин
CN Hangzhou Ханчжоу;Chongqing Чунцин;Qingdao Циндао;Shenyang Шэньян;Changchun Чанчунь;Xiamen Сямынь;Kunming Куньмин
CN Nanning Наньнин;Shantou Шаньтоу;Ningbo Нинбо;Changzhou Чанчжоу;Huizhou Хуэйчжоу;Baoding Баодин;Wenzhou Вэньчжоу
CN Nanchang Наньчан;Hohhot Хух-Хото;Shaoxing Шаосин;Nantong Наньтун;Yantai Яньтай;Zhuhai Чжухай;Kunshan Куньшань
CN Weifang Вэйфан;Nanchong Наньчун;Datong Датун;Jiangmen Цзянмынь;Xining Синин;Taizhou Тайчжоу;Daqing Дацин
CN Yangzhou Янчжоу;Changde Чандэ;Kaifeng Кайфэн;Fushun Фушунь;Handan Ханьдань;Heze Хэцзэ;Maoming Маомин;Luohe Лохэ
CN Zigong Цзыгун;Zhuzhou Чжучжоу;Huaibei Хуайбэй;Xianyang Сяньян;Shaoguan Шаогуань;Benxi Бэньси;Bengbu Бэнбу
CN Linfen Линьфэнь;Pingdingshan Пиндиншань;Anqing Аньцин;Chuzhou Чучжоу;Hegang Хэган;Zhangjiakou Чжанцзякоу
CN Hebi Хэби;Dandong Даньдун;Zhangzhou Чжанчжоу;Siping Сыпин;Cangzhou Цанчжоу;Beihai Бэйхай;Kashgar Кашгар
CN Zhangye Чжанъе;Zhoukou Чжоукоу;Xinyang Синьян;Chengde Чэндэ;Suzhou Сучжоу;Shanghai Шанхай
TW New Taipei City Новый Тайбэй;Kaohsiung Гаосюн;Taichung Тайчжун;Taipei Тайбэй
JP Kitakyushu Китакюсю;Sapporo Саппоро;Honchō Фунабаси;Kawaguchi Кавагути;Himeji Химэдзи;Matsudo Мацудо
JP Kashiwa Касива;Machida Матида
KR Busan Пусан;Incheon Инчхон;Daegu Тэгу;Gwangju Кванджу;Changwon Чханвон;Cheonan Чхонан
KP Namp’o Нампхо
VN Da Nang Дананг;Vinh Винь;Cần Thơ Кантхо;Huế Хюэ;Biên Hòa Бьенхоа;Thanh Hóa Тханьхоа;Nha Trang Нячанг
VN Qui Nhon Куинён;Rạch Giá Ратьзя;Thái Nguyên Тхайнгуен
IN Bengaluru Бангалор;Kolkata Калькутта;Coimbatore Коимбатур;Indore Индаур;Vadodara Вадодара;Bhopal Бхопал
IN Nashik Насик;Meerut Мератх;Amritsar Амритсар;Chandigarh Чандигарх;Nanded Нандед;Nellore Неллуру;Erode Ироду
IN Dehradun Дехрадун;Jamshedpur Джамшедпур;Visakhapatnam Вишакхапатнам;Guwahati Гувахати;Gorakhpur Горакхпур
IN Hubballi Хубли;Kalaburagi Гулбарга;Thoothukudi Тутикорин;Thāne Тхане
PK Bahawalpur Бахавалпур;Faisalabad Фейсалабад;Gujranwala Гуджранвала;Sargodha Саргодха;Gujrat Гуджрат;Sukkur Суккур
BD Chattogram Читтагонг;Khulna Кхулна;Dhaka Дакка
NP Pokhara Покхара
SA Jeddah Джидда;Madinah Медина;Ta’if Эт-Таиф
YE Al Ḩudaydah Ходейда;Mukalla Эль-Мукалла
IR Mashhad Мешхед;Karaj Кередж;Tabriz Тебриз;Qom Кум;Rasht Решт;Orūmīyeh Урмия
IQ Karbala Кербела;Najaf Эн-Наджаф;Al Hillah Эль-Хилла
SY Aleppo Алеппо;Ar Raqqah Эр-Ракка
OM Seeb Эс-Сиб
AF Herāt Герат
TR Diyarbakır Диярбакыр;Konya Конья;Erzurum Эрзурум;Malatya Малатья;Elazığ Элязыг;Şanlıurfa Шанлыурфа
EG Suez Суэц
MA Tangier Танжер
DZ Oran Оран
BF Bobo-Dioulasso Бобо-Диуласо
TZ Mwanza Мванза;Dodoma Додома
KE Mombasa Момбаса
CD Kananga Кананга
NG Enugu Энугу;Jos Джос
AO Huambo Уамбо
MZ Chimoio Шимойо
ZA Soweto Соуэто;Gqeberha Порт-Элизабет;Vereeniging Ференигинг;Cape Town Кейптаун
AR Buenos Aires Буэнос-Айрес
BO Santa Cruz de la Sierra Санта-Крус-де-ла-Сьерра
BR Salvador Сальвадор;Porto Alegre Порту-Алегри;João Pessoa Жуан-Песоа;São José dos Campos Сан-Жозе-дус-Кампус
BR Santos Сантус;Jaboatão dos Guararapes Жабуатан-дус-Гуарарапис;Feira de Santana Фейра-ди-Сантана
BR Montes Claros Монтис-Кларус
CO Medellín Медельин;Soacha Соача
VE Maracaibo Маракайбо
PE Callao Кальяо;Trujillo Трухильо;Piura Пьюра
MX Zapopan Сапопан;Acapulco de Juárez Акапулько;Mexico City Мехико
US Fort Worth Форт-Уэрт;Manhattan Манхэттен;Seattle Сиэтл;Portland Портленд;Raleigh Роли;Mesa Меса
US Virginia Beach Вирджиния-Бич;Oakland Окленд;San Jose Сан-Хосе
GB Birmingham Бирмингем
FR Nice Ницца;Rennes Ренн
DE Bonn Бонн;Augsburg Аугсбург;Hamburg Гамбург;Köln Кёльн;Nuremberg Нюрнберг
ES Barcelona Барселона
GF Kourou Куру
PH Cebu City Себу
SD Khartoum North Северный Хартум
PL Szczecin Щецин;Bydgoszcz Быдгощ;Gdynia Гдыня;Łódź Лодзь;Gdańsk Гданьск
AU Sunshine Coast Саншайн-Кост
IT Naples Неаполь;Genoa Генуя
NL The Hague Гаага
SE Gothenburg Гётеборг
HU Pest Пешт
BY Hrodna Гродно;Vitebsk Витебск;Mahilyow Могилёв;Homyel' Гомель;Mazyr Мозырь;Barysaw Борисов
UA Kremenchuk Кременчуг;Bila Tserkva Белая Церковь;Cherkasy Черкассы;Sumy Сумы;Kyiv Киев;Dnipro Днепр;Lviv Львов
KZ Turkistan Туркестан;Zhanaozen Жанаозен;Taldykorgan Талдыкорган;Shymkent Шымкент
UZ Andijon Андижан
RU Chelyabinsk Челябинск;Rostov-on-Don Ростов-на-Дону;Ufa Уфа;Perm Пермь;Tyumen Тюмень;Cheboksary Чебоксары
RU Tver Тверь;Shchyolkovo Щёлково;Mytishchi Мытищи;Ulan-Ude Улан-Удэ;Blagoveshchensk Благовещенск;Elista Элиста
RU Kazan Казань;Korolev Королёв;Novokuznetsk Новокузнецк;Irkutsk Иркутск;Moscow Москва
""".strip().splitlines():
    for _town in _line[3:].split(";"):
        _latin, _russian = re.match(r"(.*?) ([А-ЯЁ].*)", _town).groups()
        CHECKED[_line[:2], _latin] = _russian
