"""line -> whether it is the publisher speaking of itself: share bars, sign-up lines, credits, "read also".

Only whole short lines are judged, in the languages of the mission's press and some more; prose is never cut.
"""

from __future__ import annotations

import re

# Longer lines are prose, even when they begin like an invitation.
_MAX_CHARACTERS = 220

_WHOLE = re.compile(
    r"""(?:
      advertisement | advertising | publicit[ée] | publicidad | anuncio | anzeige | werbung | sponsored
      | article\ content
    | share | share\ (?:this|on|via)(?:\ \w+){0,3} | partager | partager\ (?:sur|cet|l['’]article).{0,30}
    | compartir | compartir\ en.{0,30} | teilen
    | facebook | twitter | x | whatsapp | telegram | linkedin | e-?mail | print | imprimer | imprimir
    | pinterest | reddit
    | copy\ link | copier\ le\ lien | copiar\ enlace | link\ kopieren | comments? | commentaires? | comentarios?
    | kommentare? | leave\ a\ comment
    | read\ more | read\ next | lire\ (?:aussi|la\ suite|plus) | leer\ m[áa]s | lea\ tambi[ée]n | weiterlesen
    | mehr\ zum\ thema | see\ also | more
    | related(?:\ (?:articles?|stories|posts?|topics|news|content))? | articles\ (?:li[ée]s|similaires)
    | recommended(?:\ videos?)? | popular
    | most\ (?:read|popular)(?:\ .{0,25})? | trending(?:\ now)? | tags? | topics? | subscribe | s['’]abonner
    | suscr[íi]bete | sign\ up | sign\ in | log\ in
    | loading.{0,5} | play | pause | listen | [ée]couter | escuchar | top | menu | \W*
    | you\ (?:may|might)\ also\ (?:like|be\ interested\ in) | vous\ aimerez\ aussi | te\ recomendamos
    | in\ this\ (?:article|story) | key\ events | dans\ cet\ article | en\ este\ art[íi]culo
    | n(?:est[ea]|ess[ea])\ (?:mat[ée]ria|artigo) | veja\ tamb[ée]m | saiba\ mais | confira | leia\ mais
    | habari\ zinazohusiana | tangazo | les\ plus\ lus | lo\ m[áa]s\ le[íi]do | mais\ lidas
    | (?:posted|published|filed)\ (?:by|on|in)\b[^.]{0,60} | (?:publi[ée]|publicado|enviado|[ée]crit|escrito)
      \ (?:par|por|le|el|em)\b[^.]{0,60}
    | this\ article\ has\ been\ updated\.? | continue\ reading.{0,30}
    )[:.!…»>]*""",
    re.VERBOSE | re.IGNORECASE,
)

_START = re.compile(
    r"""(?:
      read\ (?:more|also|next|here|our)\b[^.]{0,30}[:|–-] | also\ read\b\W | see\ also\b\W | more\s?:
      | watch\s?: | listen\s?: | related\s?: | recommended\s?:
    | (?:>>|→|►|▶)\s? | click\ here\ to | swipe\ | (?:to\ )?(?:sign|signing)\ up\ (?:for|to|here|now|today)\b
    | subscribe\ (?:to|now|here)\b | get\ the\ (?:latest|best)\b.{0,60}(?:inbox|newsletter|email)
    | follow\ (?:us|.{0,30}\ on\ (?:facebook|twitter|x|instagram|whatsapp|google))
    | join\ (?:our|the)\ .{0,40}(?:whatsapp|telegram|channel|newsletter|community|forum|conversation)
    | download\ (?:the|our)\ .{0,30}app
    | (?:image|photo|picture|foto|credit|cr[ée]dit(?:\ photo)?|source\ photo|file\ photo|photograph)s?
      (?:\ (?:by|credit|source|de|par))?\s?:
    | \(?(?:photo|foto)\ (?:by|de|par|credit)\b | ©(?!.*\b(?:AFP|AP|Reuters|EFE|Agence\ France|Associated\ Press)\b)
    | (?:à|a)\ lire(?:\ aussi)?\b\W | lire\ (?:aussi|[ée]galement)\b | voir\ aussi\b
    | lea?\ (?:tambi[ée]n|m[áa]s)\b | (?:le\ )?puede\ (?:interesar|leer\ tambi[ée]n)\b | te\ puede\ interesar\b
    | mir[ae]\ tambi[ée]n\b | vea\ tambi[ée]n\b
    | (?:abonnez|inscrivez)-vous\b | recevez\b.{0,60}(?:newsletter|mail) | suivez[- ]nous\b
    | t[ée]l[ée]chargez\ (?:notre|l['’])\ ?appli
    | suscr[íi]b(?:ete|ase)\b | s[íi]guenos\b | [úu]nete\ a\b.{0,60}(?:whatsapp|telegram|canal)
    | recib[ae]\b.{0,60}(?:newsletter|bolet[íi]n|correo)
    | lesen\ sie\ (?:auch|hier|mehr|dazu)\b | (?:zum|hier\ zum)\ artikel\b | mehr\ (?:zum\ thema|dazu|lesen)\b
    | lees\ ook\b | leia\ (?:tamb[ée]m|mais)\b | leggi\ anche\b | li\ tou\b\W | soma\ (?:pia|zaidi)\b
    | (?:clique|clic|haz\ clic|haga\ clic|cliquez)\ (?:aqui|aqu[íi]|ici)\b | suscribite\b | jiunge\ na(?:si)?\b.{0,80}
    | would\ you\ like\ to\ comment
    | please\ (?:read\ our|enable\ javascript|log\ ?(?:in|out)|sign\ (?:in|up)|note\ that\ comments)
    | you\ must\ (?:be\ logged\ in|confirm|register)\b
    | get\ in\ touch\ with\ (?:our|us)\b | for\ more\ stories\ like\ this\b
    | (?:do\ you\ have|got)\ a\ (?:story|tip)\b | (?:send|email)\ (?:us|your)\b.{0,60}@
    | our\ standards\s?: | (?:we|our\ site)\ (?:may\ earn|use\ cookies|independently\ (?:select|review))\b
    | we\ use\ cookies\b | this\ (?:site|website|page)\ uses\ cookies | nous\ utilisons\ des\ cookies
    | (?:utilizamos|usamos)\ cookies
    | all\ rights\ reserved\b | copyright\ (?:©|\(c\)|\d{4}) | tous\ droits\ r[ée]serv[ée]s
    | todos\ los\ derechos\ reservados | fehler\ gefunden\b
    | already\ a\ (?:subscriber|member)\b | d[ée]j[àa]\ abonn[ée] | ya\ (?:eres|es)\ suscriptor | se\ connecter\b
    | thank\ you\ for\ visiting\b | enjoying\ our\ latest\b | log\ in\ or\ create\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)


# A caption that ends in who took the picture, and a note on where to write to; prose ends like a sentence.
_END = re.compile(
    r"\s[—–-]\s?(?:foto|photo|imagem|imagen)s?\s?:\s.{1,60}$"
    r"|\bcan\ be\ (?:reached|contacted)\ at\ \S+@\S+$",
    re.IGNORECASE,
)


def is_boilerplate(line: str) -> bool:
    """Tell whether a whole line belongs to the publisher's frame and not to the story."""
    if len(line) > _MAX_CHARACTERS:
        return False
    bare = line.lstrip("-•*[( ").rstrip(")] ")
    return any((_WHOLE.fullmatch(bare), _START.match(bare), _END.search(bare)))
