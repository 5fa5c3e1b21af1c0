"""Where invented events take place: countries with real towns, and how people there call an event.

All organisers and the made-up words are invented. A country's weight is a guess at how many audited events it has. The towns
around Leeds stand on a line of their own, so that some events are near one another.
"""

from __future__ import annotations

from typing import NamedTuple


class Tongue(NamedTuple):
    """How events are named: heads and tails of made-up words, nouns for events, patterns for organisers and schools.

    `nouns` follow NOUNS. In `organisers` and `schools`, {word} is a made-up word and {place} a town.
    """

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    nouns: dict[str, str]
    organisers: tuple[str, ...]
    schools: tuple[str, ...]
    names: str = "{word} {noun}"


class Country(NamedTuple):
    """A country as organisers write it, in English and in their own words, with its weight, its tongue and its towns."""

    name: str
    own: str
    weight: int
    tongue: str
    places: tuple[str, ...]


NOUNS = ("5", "10", "21", "42", "trail", "ultra", "track", "multisport", "cycling", "other", "club")


def _tongue(
    heads: str, tails: str, nouns: str, organisers: str, schools: str, names: str = "{word} {noun}"
) -> Tongue:
    named = dict(zip(NOUNS, (one.strip() for one in nouns.split("|")), strict=True))
    return Tongue(
        tuple(heads.split()),
        tuple(tails.split()) or ("",),
        named,
        tuple(one.strip() for one in organisers.split("|")),
        tuple(one.strip() for one in schools.split("|")),
        names,
    )


TONGUES = {
    "en": _tongue(
        "Marrow Quill Ostle Tarn Ridge Brack Holm Fenn Ashen Copper Winter Heron Larks Miller Otter Raven Sorrel "
        "Thistle Wether Alder Birken Clover Dunnock Elder Foxe Gorse Hazel Kestrel Linnet Moor",
        "dale haven by beck line ford wick mere combe ley ton gate hope den side well bridge field",
        "5K | 10K | Half Marathon | Marathon | Trail Race | Ultra | 24 Hours | Triathlon | Sportive | Swimrun | Runners",
        "{word} Events | {place} Running Club | {word} Sports Trust | {place} Harriers",
        "{word} Primary School | {word} Academy | St {word} School",
    ),
    "de": _tongue(
        "Brunnen Eichen Falken Hasel Linden Mühlen Reb Sonnen Tannen Ulmen Wolfs Königs Drossel Erlen Ginster Höhen",
        "tal berg bach feld hausen ried au stein brück moor",
        "5-Kilometer-Lauf | Zehner | Halbmarathon | Marathon | Berglauf | Ultralauf | 24-Stunden-Lauf | Triathlon | "
        "Radmarathon | Swimrun | Laufgruppe",
        "Laufverein {place} | {word} Veranstaltungen | TSV {word} | SC {place}",
        "Grundschule {word} | Gymnasium {word}",
        "{word}er {noun}",
    ),
    "fr": _tongue(
        "Belle Clair Haute Mont Val Roche Font Grand Chante Brise Pré Sept",
        "fontaine ombre vigne source rive bois lune pierre aube étoile",
        "Cinq Kilomètres | Dix Kilomètres | Semi-Marathon | Marathon | Trail | Ultra-Trail | 24 Heures | Triathlon | "
        "Cyclosportive | Swimrun | Coureurs",
        "Athlétique Club de {place} | Association {word} | Foulées de {place}",
        "École {word} | Collège {word}",
        "{noun} de {word}",
    ),
    "es": _tongue(
        "Alta Buena Clara Monte Piedra Sierra Valle Torre Fuente Rosa",
        "luz agua mar sol nieve blanca alba niña flor",
        "Cinco Kilómetros | Diez Kilómetros | Media Maratón | Maratón | Carrera de Montaña | Ultra | 24 Horas | "
        "Triatlón | Marcha Cicloturista | Travesía | Corredores",
        "Club de Atletismo {place} | Eventos {word} | Asociación {word}",
        "Escuela {word} | Colegio {word}",
        "{noun} de {word}",
    ),
    "pt": _tongue(
        "Alto Bela Campo Monte Pedra Ribeira Serra Vale Vila Santa",
        "verde clara nova fria longa dourada irmã",
        "Corrida de 5 km | Corrida de 10 km | Meia Maratona | Maratona | Trilho | Ultra | 24 Horas | Triatlo | "
        "Granfondo | Travessia | Corredores",
        "Clube de Corrida de {place} | {word} Eventos | Associação {word}",
        "Escola {word}",
        "{noun} de {word}",
    ),
    "it": _tongue(
        "Acqua Bella Monte Pietra Rocca Val Colle Fonte Torre",
        "chiara viva bianca verde fredda lunga rossa",
        "Cinque Chilometri | Dieci Chilometri | Mezza Maratona | Maratona | Corsa in Montagna | Ultramaratona | "
        "24 Ore | Triathlon | Granfondo | Traversata | Podisti",
        "Atletica {place} | Polisportiva {word} | Associazione {word}",
        "Scuola {word}",
        "{noun} di {word}",
    ),
    "nl": _tongue(
        "Bever Duin Eike Heide Kraan Molen Riet Wilge Zee Ooievaars",
        "dal dijk veen veld horst wijk bos meer",
        "5 km | 10 km | Halve Marathon | Marathon | Trailrun | Ultraloop | 24 uur | Triatlon | Toertocht | Swimrun | Lopers",
        "Atletiekvereniging {place} | Stichting {word} | {word} Sport",
        "Basisschool De {word}",
        "{word} {noun}",
    ),
    "pl": _tongue(
        "Brzoz Czaj Dąb Jesion Kłos Lip Łoz Świerk Wierzb Żur",
        "owo ów nica anka yń ówka",
        "Bieg na 5 km | Bieg na 10 km | Półmaraton | Maraton | Bieg Górski | Ultramaraton | Bieg 24-godzinny | "
        "Triathlon | Maraton Rowerowy | Swimrun | Biegacze",
        "Klub Biegacza {place} | Fundacja {word} | Stowarzyszenie {word}",
        "Szkoła Podstawowa {word}",
        "{noun} {word}",
    ),
    "cs": _tongue(
        "Břez Dub Hláv Javen Křiv Lipn Ostruž Říp Třešň Žďár",
        "ov any ice ůvka ná ovice",
        "Běh na 5 km | Desítka | Půlmaraton | Maraton | Horský běh | Ultramaraton | Běh na 24 hodin | Triatlon | "
        "Cyklomaraton | Swimrun | Běžci",
        "Běžecký klub {place} | Spolek {word}",
        "Základní škola {word}",
        "{word} {noun}",
    ),
    "nordic": _tongue(
        "Bjørk Ørne Måne Sjø Tyttebær Ulve Høy Grøn Älv Gäd Åker Räv",
        "dal vik ås holm sund lund nes mark",
        "5 km | 10 km | Halvmaraton | Maraton | Fjellløp | Ultraløp | 24-timers | Triatlon | Sykkelritt | Swimrun | Løpere",
        "{place} Idrettslag | {word} Arrangement | Løpeklubben {word}",
        "{word} skole",
        "{word} {noun}",
    ),
    "fi": _tongue(
        "Hirvi Joutsen Karhu Kuusi Lumi Mänty Poro Revon Sääksi Tähti",
        "järvi lahti mäki niemi saari vaara",
        "Viitonen | Kymppi | Puolimaraton | Maraton | Polkujuoksu | Ultrajuoksu | 24 tunnin juoksu | Triathlon | "
        "Pyöräily | Swimrun | Juoksijat",
        "{place}n Juoksijat | {word} Urheilu",
        "{word}n koulu",
        "{word}n {noun}",
    ),
    "tr": _tongue(
        "Ak Çınar Gül Kızıl Yeşil Şahin Ilgaz Defne",
        "dağ dere köy ova pınar göl",
        "5 Kilometre | 10 Kilometre | Yarı Maratonu | Maratonu | Patika Koşusu | Ultra | 24 Saat | Triatlonu | "
        "Bisiklet Turu | Yüzme | Koşucuları",
        "{place} Koşu Kulübü | {word} Spor",
        "{word} İlkokulu",
    ),
    "el": _tongue(
        "Αλκυόν Δρυμ Ελαι Θυμαρ Καστρ Κυπαρίσσ Μυρτ Πλατάν",
        "α ιά ώνας ούλα ός",
        "Αγώνας 5 χλμ | Αγώνας 10 χλμ | Ημιμαραθώνιος | Μαραθώνιος | Ορεινός Αγώνας | Υπερμαραθώνιος | 24ωρος | "
        "Τρίαθλο | Ποδηλατικός Γύρος | Κολύμπι | Δρομείς",
        "Σύλλογος Δρομέων {place} | Αθλητικός Όμιλος {word}",
        "Δημοτικό Σχολείο {word}",
        "{noun} {word}",
    ),
    "uk": _tongue(
        "Берез Верб Дуб Калин Липов Орл Сокол Яблун",
        "івка ове ець анка ин",
        "Забіг 5 км | Забіг 10 км | Півмарафон | Марафон | Трейл | Ультрамарафон | Добовий біг | Тріатлон | "
        "Велозаїзд | Заплив | Бігуни",
        "Клуб бігу {place} | Спортивний клуб {word}",
        "Школа {word}",
        "{noun} {word}",
    ),
    "ar": _tongue(
        "واحة نخلة نجمة هلال وادي جبل",
        "",
        "سباق 5 كم | سباق 10 كم | نصف ماراثون | ماراثون | سباق الجبل | ألترا ماراثون | سباق 24 ساعة | ترياثلون | "
        "سباق دراجات | سباحة | عدّاؤو",
        "نادي {place} للجري | جمعية {word}",
        "مدرسة {word}",
        "{noun} {word}",
    ),
    "he": _tongue(
        "אלון ברוש גפן זית רימון תמר",
        "",
        "מרוץ 5 ק״מ | מרוץ 10 ק״מ | חצי מרתון | מרתון | ריצת שטח | אולטרה | 24 שעות | טריאתלון | רכיבה | שחייה | רצי",
        "מועדון הריצה {place} | עמותת {word}",
        "בית ספר {word}",
        "{noun} {word}",
    ),
    "hi": _tongue(
        "कमल चन्दन तारा नदी पर्वत सूर्य",
        "पुर वन नगर धारा",
        "5 किमी दौड़ | 10 किमी दौड़ | हाफ मैराथन | मैराथन | ट्रेल दौड़ | अल्ट्रा | 24 घंटे | ट्रायथलॉन | साइकिल यात्रा | तैराकी | धावक",
        "{place} रनिंग क्लब | {word} संस्था",
        "{word} विद्यालय",
    ),
    "ja": _tongue(
        "青 白 月 星 雪 松 桜 風",
        "川 山 原 島 谷 野",
        "5キロラン | 10キロラン | ハーフマラソン | マラソン | トレイルラン | ウルトラマラソン | "
        "24時間走 | トライアスロン | サイクリング | スイムラン | ランナーズ",
        "{place}走友会 | {word}スポーツ",
        "{word}小学校",
        "{word}{noun}",
    ),
    "zh": _tongue(
        "云 松 梅 竹 荷 雁 龙",
        "山 湖 溪 岭 洲 原",
        "5公里跑 | 10公里跑 | 半程马拉松 | 马拉松 | 越野赛 | 超级马拉松 | 24小时跑 | 铁人三项 | 骑行 | 游泳跑 | 跑团",
        "{place}跑步俱乐部 | {word}体育",
        "{word}小学",
        "{word}{noun}",
    ),
    "ko": _tongue(
        "달 별 솔 은 청 한",
        "내 산 강 들 봉",
        "5km 달리기 | 10km 달리기 | 하프마라톤 | 마라톤 | 트레일런 | 울트라마라톤 | 24시간 달리기 | "
        "트라이애슬론 | 자전거 대회 | 수영 대회 | 러너스",
        "{place} 달리기회 | {word}스포츠",
        "{word}초등학교",
    ),
    "th": _tongue(
        "ดาว ภู สวน ธาร ทอง",
        "ใหม่ งาม น้อย ใส",
        "วิ่ง 5 กม. | วิ่ง 10 กม. | ฮาล์ฟมาราธอน | มาราธอน | วิ่งเทรล | อัลตร้า | 24 ชั่วโมง | ไตรกีฬา | ปั่นจักรยาน | "
        "ว่ายน้ำ | ชมรมวิ่ง",
        "ชมรมวิ่ง{place} | มูลนิธิ{word}",
        "โรงเรียน{word}",
        "{noun}{word}",
    ),
}  # fmt: skip

_WRITTEN = """
United Kingdom|United Kingdom|24|en|London,Leeds,Sheffield,Bristol,Cardiff,Edinburgh,Glasgow,Belfast,Keswick,Norwich,Truro
United Kingdom|Great Britain|6|en|Bradford,Harrogate,Ilkley,Otley,Skipton,York
Ireland|Éire|5|en|Dublin,Cork,Galway,Limerick,Dingle
United States|USA|14|en|Boston,Chicago,Boulder,Flagstaff,Portland,Burlington,Asheville,Silverton
Canada|Canada|5|en|Vancouver,Toronto,Halifax,Canmore,Québec
Australia|Australia|5|en|Sydney,Melbourne,Hobart,Perth,Katoomba
New Zealand|Aotearoa|3|en|Auckland,Wellington,Queenstown,Wānaka
South Africa|South Africa|4|en|Cape Town,Durban,Johannesburg,Knysna
Kenya|Kenya|2|en|Nairobi,Eldoret,Iten
Nigeria|Nigeria|1|en|Lagos,Abuja
Ghana|Ghana|1|en|Accra,Kumasi
India|भारत|3|hi|Mumbai,Delhi,Bengaluru,Leh,मुंबई,पुणे
Singapore|Singapore|1|en|Singapore
Philippines|Pilipinas|1|en|Manila,Baguio,Cebu
Malaysia|Malaysia|1|en|Kuala Lumpur,Penang
Germany|Deutschland|8|de|Berlin,München,Köln,Freiburg,Dresden,Göttingen,Rostock
Austria|Österreich|3|de|Wien,Graz,Innsbruck,Linz
Switzerland|Schweiz|3|de|Zürich,Bern,Davos,Luzern
France|France|7|fr|Paris,Lyon,Annecy,Chamonix,Nîmes,Saint-Étienne
Belgium|Belgique|2|fr|Bruxelles,Liège,Namur
Netherlands|Nederland|4|nl|Amsterdam,Utrecht,Groningen,Den Haag
Spain|España|5|es|Madrid,Barcelona,Málaga,A Coruña,Donostia
Mexico|México|2|es|Ciudad de México,Oaxaca,León
Argentina|Argentina|1|es|Buenos Aires,Bariloche
Chile|Chile|1|es|Santiago,Pucón
Colombia|Colombia|1|es|Bogotá,Medellín
Portugal|Portugal|2|pt|Lisboa,Porto,Funchal
Brazil|Brasil|2|pt|São Paulo,Rio de Janeiro,Florianópolis
Italy|Italia|5|it|Roma,Milano,Torino,Bolzano,Cortina d’Ampezzo
Poland|Polska|4|pl|Warszawa,Kraków,Łódź,Gdańsk,Wrocław
Czechia|Česko|2|cs|Praha,Brno,Olomouc
Slovakia|Slovensko|1|cs|Bratislava,Košice
Norway|Norge|2|nordic|Oslo,Bergen,Tromsø
Sweden|Sverige|3|nordic|Stockholm,Göteborg,Malmö,Åre
Denmark|Danmark|2|nordic|København,Aarhus,Ærøskøbing
Iceland|Ísland|1|nordic|Reykjavík,Akureyri
Finland|Suomi|2|fi|Helsinki,Jyväskylä,Rovaniemi
Estonia|Eesti|1|fi|Tallinn,Tartu
Turkey|Türkiye|2|tr|İstanbul,İzmir,Kapadokya
Greece|Ελλάδα|2|el|Αθήνα,Θεσσαλονίκη,Ιωάννινα,Athens
Cyprus|Κύπρος|1|el|Λευκωσία,Πάφος
Ukraine|Україна|2|uk|Київ,Львів,Одеса
Bulgaria|България|1|uk|София,Пловдив
Israel|ישראל|1|he|תל אביב,חיפה
Egypt|مصر|1|ar|القاهرة,الإسكندرية,Cairo
United Arab Emirates|الإمارات العربية المتحدة|1|ar|دبي,أبو ظبي,Dubai
Morocco|المغرب|1|ar|مراكش,Marrakech,Ouarzazate
Japan|日本|4|ja|東京,京都,札幌,Tokyo,Osaka
China|中国|3|zh|北京,上海,成都,Hangzhou
Taiwan|台灣|1|zh|台北,花蓮
South Korea|대한민국|2|ko|서울,부산,제주
Thailand|ไทย|1|th|กรุงเทพฯ,เชียงใหม่,Chiang Mai
"""


def _countries() -> tuple[Country, ...]:
    found = []
    for line in _WRITTEN.strip().splitlines():
        name, own, weight, tongue, places = line.split("|")
        found.append(Country(name, own, int(weight), tongue, tuple(places.split(","))))
    return tuple(found)


COUNTRIES = _countries()
