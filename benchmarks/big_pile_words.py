"""The words that big_pile.py makes its reports of: names, deeds and sentences of an invented conflict."""

FIRST = (
    "ar be cal dor el fen gar hal is jor kel lor mar nor os per qua ros sel tor ul ven wes yar zel".split()
)
MIDDLE = "a an e en i il o on u ur".split()
LAST = "bach dal den feld garth ham holt ka lin mar mond nik pur rath rov stad stan ta vik zin".split()
GIVEN = (
    "Adem Bela Corin Dara Edun Farid Goran Hanne Ilko Jarl Kesh Lena Milo Nadia Orlo Petra Ruben Sela".split()
)
FAMILY = (
    "Abrek Belov Cordan Dastan Elmar Fenn Gorski Hald Ismar Jovik Keld Lorch Marn Nazim Oster Prell".split()
)
PROVINCES = (
    "Northmark",
    "Highdale",
    "Lower Velm",
    "Sarrat",
    "Eastreach",
    "Coldwater",
    "Tamarin Coast",
    "Upper Velm",
)
COUNTRIES = ("Velmark", "Ostrand", "Karesh")
COLOURS = "Red Black Green White Crimson Silver Amber Iron".split()
THINGS = "Dawn Harvest River Lantern Falcon Thorn Anvil Ember".split()
BODIES = ("Front", "Brigades", "Army", "Movement")
OUTLETS = (
    "Velm Courier", "Brannock Herald", "Ostrand Daily", "Karesh Observer", "Northmark Gazette", "Highdale Post",
    "Coastal Times", "The Sarrat Monitor", "Eastreach Wire", "Capital Tribune", "The Reach Review", "Morning Ledger",
)  # fmt: skip
REAL = "Geneva Vienna Nairobi Oslo Doha Brussels Ankara Cairo".split()
#: What was done: a verb phrase, a noun, the one word for those who did it, weapon.
DEEDS = (
    ("opened fire on {t}", "shooting", "gunmen", "assault rifles"),
    ("detonated a car bomb outside {t}", "bombing", "attackers", "a vehicle packed with explosives"),
    ("stormed {t}", "raid", "fighters", "rifles and grenades"),
    ("fired mortar shells at {t}", "shelling", "militants", "mortars"),
    ("ambushed {t}", "ambush", "armed men", "machine guns"),
    ("set off a roadside bomb near {t}", "explosion", "insurgents", "a buried bomb"),
    ("flew an armed drone into {t}", "drone strike", "fighters", "a small drone"),
    ("abducted workers from {t}", "kidnapping", "gunmen", "pistols"),
)
TARGETS = (
    "a crowded market", "a police checkpoint", "an army convoy", "a bus station", "a primary school", "a grain depot",
    "a courthouse", "a mosque", "a church", "a mining camp", "a customs post", "a hospital", "a hotel", "a power plant",
)  # fmt: skip

#: A sentence with "|": what stands before it is of the incident, what stands after of something else.
LEADS = (
    "{Doers} from {g} {did} in {town} on {day}, killing {k}, {officials} said.",
    "{K} were killed on {day} when {doers} {did} in the {province} town of {town}, according to police.",
    "{K} died and {i} were wounded after {doers} {did} in {town} {when}, {officials} said.",
    "A {noun} in {town} killed {k} on {day}, the interior ministry of {country} said.",
)
FOILED = (
    "Security forces foiled a planned attack on {bare} in {town} on {day}, arresting three suspected members of {g}, {officials} said.",
    "Police in {town} said on {day} that they had prevented a bombing of {bare} that {g} was planning.",
)
BODY = (
    "{person}, a spokesman for the police of {province}, said that the attackers used {weapon} and fled towards the hills.",
    "{G} claimed responsibility for the {noun} in a statement that was posted on its channel.",
    "{G} has not claimed responsibility, but {officials} blamed the group, which is led by {leader}.",
    "The mayor of {town}, {person}, told reporters that {k2} had died, among them two children.",
    "Hospital director {person} said {i2} people were being treated, several of them in a critical condition.",
    "A witness, {person}, said she heard shots for about twenty minutes before soldiers arrived.",
    "“They came from two sides and did not say a word,” said {person}, who keeps a shop near the square.",
    "The health ministry put the number of the dead at {k3} and warned that it could rise.",
    "The army said {n} attackers were killed when troops returned fire.",
    "|Two days later, on {later}, police arrested {n} suspects in {near}, {officials} said.",
    "The attack came| a week after {g2} {did2} in {near}, where {n} people were killed.",
    "|In {month} {year}, a similar {noun} in {near} left {n} dead.",
    "|The government of {country} declared a night curfew in {province} until further notice.",
    "Foreign minister {person} condemned the attack| in {real}, where talks on a ceasefire were due to begin.",
    "|The United Nations called on all sides to protect civilians and to let aid reach {town}.",
    "|Analyst {person} of the Institute for Peace in {real} said the group may be short of weapons.",
    "|{G} was founded in {founded} and is believed to have about {strength} fighters, most of them in {province}.",
    "|The group, which is also known as {short}, has fought the government of {country} since {founded}.",
    "|According to a report of the interior ministry, {short} has between {low} and {high} members.",
    "|{leader}, the leader of {g}, has not been seen in public since {month} {year}.",
    "|Residents of {town} said that the road to {near} was closed and that shops stayed shut on {weekday}.",
    "|Prices for flour and fuel have doubled in {province} since the harvest failed, traders in the town say.",
    "|Schools are to open again on {weekday}, the provincial education office said, if the security situation allows it.",
    "|The railway between {town} and {near}, which carries grain to the coast, has been out of service for weeks.",
    "|A shipment of tents and blankets left the capital in the morning and was expected by the end of the week.",
    "|Opposition members of parliament asked why warnings from the intelligence service had not been heeded.",
    "|A court in {near} sentenced {person} to eleven years in prison in {month} {year} for supporting {short}.",
    "{G} denied that its fighters had targeted civilians and spoke of a military position.",
    "Officials had at first spoken of {n} dead, but corrected the figure late on {weekday}.",
    "|More than {low} families have left their homes since the fighting around {near} began, aid workers say.",
)
PORTRAIT = (
    "|{G}, or {short}, is an armed group that operates mainly in {province} and along the border of {country}.",
    "|It was founded in {founded} by {leader}, a former army officer from {town}.",
    "|Its strength is put at {low} to {high} fighters; the interior ministry speaks of {strength}.",
    "|The group split from {g2} in {year2} after a quarrel about money and command.",
    "|It finances itself with tolls on lorries, with kidnapping for ransom and with the trade in timber.",
    "|Its statements appear on a channel called {thing} Voice.",
    "|In {month} {year} it {did2} in {near}, killing {n} people.",
    "|The government of {country} designated it as a terrorist organisation in {year2}.",
)
#: What else a paper prints.
ELSEWHERE = (
    "A {role} in {town} {said} that {what} and that {what2}.",
    "Many in the town said that {what}, and some that {what2}.",
    "The {body} of {country} expects that {what}, although {person}, {role}, has doubts.",
    "“We have waited for this since {month},” {person} {said}. “What people here want to know is whether {what}.”",
    "It was the first meeting of the {body} since {month}, and it lasted for {n} minutes.",
    "In {near}, {n} kilometres to the south, {role}s say that {what}.",
    "A paper that the {body} gave to its members says that {what}; it does not say why.",
    "Asked whether {what}, the {role} smiled and said that this was a question for the {body}.",
    "The talks are to go on for some time, and the {role}s, for whom much depends on them, will not be there.",
    "Those who know {town} from before will hardly know it again: {what}.",
    "According to the {body}, {n} per cent of households in {near} have said in a survey that {what}.",
    "In the end the rain had stopped, the ferry to {near} was running, and {role}s had opened their doors.",
    "{person}, who grew up in {town} and now teaches in {real}, {said} that {what}, as it had been in {month}.",
)
OFFICES = (
    "ministry of transport", "chamber of commerce", "education office", "water board", "central bank", "city council",
    "football association", "farmers’ union", "statistics office", "national museum", "electoral commission",
)  # fmt: skip
ROLES = (
    "teacher", "shopkeeper", "engineer", "nurse", "councillor", "historian", "baker", "lorry driver", "student",
    "economist", "fisherman", "lawyer", "farmer", "librarian",
)  # fmt: skip
TOPICS = (
    "the new bridge will be open to traffic before the winter", "the price of bread has gone up for the third time",
    "the budget for schools is too small", "most of the young people have moved to the capital",
    "the harvest of wheat was better than in other years", "the railway will be extended to the coast",
    "a second clinic is needed in the north of the town", "the elections should be held as planned",
    "the law on land is being written anew", "tourists have begun to come back to the lake",
    "nobody has asked the people who live by the river", "the old theatre could be repaired at little cost",
    "the team will play its next match without its captain", "power cuts have become rarer since the spring",
    "the loan from abroad must be paid back within nine years", "the mine employs fewer people each year",
    "the road through the valley is closed for repairs", "the register of voters has not been brought up to date",
    "the talks about fishing rights will take months", "families pay half of what they earn for rent",
)  # fmt: skip
