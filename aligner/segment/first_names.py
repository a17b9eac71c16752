"""Common first names of the Low Countries and the English-speaking world, by gender. Data only.

They tell a person from a place and "he" from "she"; a name that is missing costs only that hint.
"""

from __future__ import annotations

_MALE = """
Aad Aart Abdel Abdul Abebe Abel Achmed Adam Adriaan Adrian Ahmad Ahmed Aidan Ajdin Alain Alan Alastair Albert
Alberto Alejandro Aleksandr Alexander Ali Alistair Allan Amadou Amir Amit Anders Andre Andrei Andrew Andriy André
Angus Anil Anthony Antoine Anton Antonio Anwar Archie Arend Arie Arjen Arjun Arnold Aron Arthur Attila Aziz
Babatunde Barack Barend Barry Bart Bas Bauke Ben Benjamin Berend Bernard Bert Bilal Bill Billy Bjorn Björn Bob Bobby
Bogdan Boris Boudewijn Brad Bradley Bram Brecht Brendan Brent Brian Bruce Burak Cameron Carl Carlo Carlos Casper
Cedric Cees Charles Cheikh Chidi Christiaan Christopher Clive Coen Colin Connor Conor Cor Cornelis Craig Curtis Daan
Daley Damian Damien Daniel Daniël Darren Dave David Dean Declan Deepak Dennis Denzel Derek Derk Desi Desmond Dick
Didier Diederik Diego Dieter Dirk Dmitri Dominic Donald Donny Doug Douglas Douwe Dragan Dries Duncan Dwight Dylan
Eamon Earl Ed Eddie Eddy Edgar Edmund Eduard Edward Edwin Eelco Egbert Elias Elliot Ellis Elmer Emeka Emmanuel Emmet
Emre Eric Erik Ernest Ernst Errol Ethan Eugene Evan Evert Ewan Ewout Farid Fedde Felix Femi Ferdinand Ferenc Fergus
Fernando Ferry Filip Finlay Finn Floris Folkert Fouad Francis Francisco Frank Franklin Frans François Fraser Fred
Freddy Friedrich Frits Gabriel Gareth Gary Gavin Geert Geert-Jan Geoff Geoffrey George Gerald Gerard Gerhard Gerrit
Gert Geurt Giel Gijs Gilbert Giles Gilles Giovanni Giuseppe Glen Glenn Glenroy Goran Gordon Gosse Govert Graham
Grant Greg Gregory Guido Gunther Gus Gustav Guus Guy Günter Haile Hakan Hakeem Hakim Hamza Hans Hans-Peter Harm
Harmen Harold Harry Harvey Hassan Hector Hein Heinrich Helmut Hendrik Henk Henrik Henry Herbert Herman Hessel Hidde
Hiro Hiroshi Horst Howard Hugh Hugo Humphrey Humza Huub Hylke Iain Ian Ibrahim Ibrahima Idris Igor Imran Ingmar
Isaac Ismail Istvan Ivan Ivar Ivo Jaap Jack Jacob Jacques Jake Jakub Jamal James Jan Janusz Jarne Jason Jasper Jawad
Jean Jean-Pierre Jed Jef Jeff Jeffrey Jelle Jelmer Jens Jeremy Jeroen Jerome Jerry Jesse Jim Jimmy Jiri Jitse Job
Jochem Joe Joel Johan Johannes John Johnny Jomo Jon Jonas Jonathan Joop Joost Jordan Jordi Jorge Joris Jort Jos
Joseph Josh Joshua José Jozef Juan Julian Jurgen Jurre Jurriaan Justin Jürgen Kai Karel Karim Kasper Kees Keith
Kemal Ken Kenji Kenneth Kevin Khalid Kieran Klaas Klaus Koen Koffi Kofi Kris Kristian Kristof Kristoff Kurt Kwame
Kyle Lance Larry Lars Lasse Laszlo Laurens Laurent Lawrence Leo Leon Leonard Leroy Levi Lewis Lex Liam Lieuwe Lieven
Lionel Lloyd Lode Lodewijk Loek Logan Louis Lowie Luc Luca Lucas Ludo Ludwig Luis Luk Luka Luke Luuk Maarten Magnus
Malcolm Malik Mamadou Manfred Marc Marco Marcus Marek Mario Mark Marko Marouane Marten Martijn Martin Marvin Mathias
Mathijs Mats Matteo Matthew Matthias Matthijs Maurice Maurits Max Mees Mehmet Melvin Memphis Menno Merijn Michael
Michel Michiel Mick Miguel Mikael Mike Mikhail Mikkel Milan Miles Milo Minh Mitchell Mohamed Mohammed Mourad Moussa
Murat Murray Mustafa Nabil Nando Nathan Nathaniel Naveed Ned Neil Nelson Nicholas Nick Nicolas Niek Niels Nigel
Nikola Nikolai Nils Noah Noel Nordin Norman Noud Olaf Ole Oleksandr Oliver Olivier Oluwaseun Omar Ondrej Onno Orhan
Orlando Oscar Otto Ousmane Owen Pablo Paolo Patrick Paul Pavel Pedro Per Percy Perry Peter Phil Philip Philippe
Pierre Piet Pieter Pim Piotr Quincy Quinten Rachid Radek Raf Rafael Rafaël Rainer Raj Rajesh Ralph Ravi Ray Raymond
Redouan Reg Reginald Rein Reinier Remco Remy Renze René Rex Rhys Ricardo Richard Rick Rienk Rik Rishi Rob Robbe
Robert Roberto Roderick Rodney Roel Roelof Roger Rogier Roland Romano Romeo Ron Ronald Ronan Rory Ross Roy Ruben
Rudi Rudy Rupert Russell Rutger Ruud Ryan Sadiq Said Samir Samuel Sander Sanjay Scott Seamus Sean Sebastian Sekou
Sem Senne Seppe Sergei Sergio Shaun Sid Sidney Siebe Siem Sietse Simon Sipho Sipke Sjoerd Soufiane Spencer Stan
Stanley Stefan Stefano Stephen Steve Steven Stewart Stijn Storm Stuart Sunil Sven Sybren Søren Takashi Tarik Tariq
Tayfun Ted Tedros Terence Teun Teunis Thabo Theo Theodore Thierry Thijs Thomas Tibo Ties Tijs Tim Timo Timothy
Tjeerd Tobias Toby Todd Tom Tomasz Ton Tony Toon Torsten Trevor Tristan Tunde Tygo Tyrell Uwe Valentijn Vernon Vic
Victor Vijay Viktor Vince Vincent Virgil Vladimir Volodymyr Wallace Walter Wannes Ward Warre Warren Wayne Werner
Wesley Wessel Wiebe Wiebren Wilfred Will Willem William Wim Winston Wolfgang Wout Wouter Xander Yannick Yassin
Yassine Yorick Younes Youssef Ype Yuri Yusuf Yves Zachary Zakaria Zeger Zoltan Zoran
"""

_FEMALE = """
Aafke Aaltje Abena Adaeze Afke Agnieszka Aicha Aino Aisha Aissatou Akke Akua Alessandra Alice Ama Amanda Amara Amber
Amelia Amina Aminata Amy Amélie An Ana Anastasia Angela Angelique Angie Anita Anja Anjali Anke Ann Anna Annabel
Annalena Anne Anneke Annelies Annemarie Annemiek Annie Annika Anouk Ans April Asma Astrid Audrey Aurélie Ava Awa
Ayesha Aylin Ayse Aysel Aïcha Babette Barbara Baukje Bea Beatrice Beatrix Beatriz Becky Belinda Bente Bernadette
Bernice Beth Bethany Betty Beverley Beverly Bianca Birgit Birgitta Bonnie Brenda Bridget Brigitte Britt Bryony
Camila Camilla Carla Carmen Carol Carole Carolien Carolina Caroline Catharina Catherine Cathy Cato Cecilia Celia
Chantal Charlotte Chelsea Cheryl Chiamaka Chiara Chloe Christina Christine Cindy Claire Clara Clare Claudette
Claudia Colette Colleen Constance Cora Cordelia Corinne Corrie Cynthia Cécile Céline Daisy Danielle Daphne Daria
Dawn Debby Deborah Debra Deepa Deirdre Delia Delphine Demi Denise Dewi Diana Dieuwertje Dilan Dina Divya Dolores
Donna Dora Doreen Dorien Dorine Doris Dorothy Doutzen Dragana Ebba Edit Edith Edna Eefje Eileen Ekaterina Eke Elaine
Eleanor Elena Elien Elif Eline Elisabeth Elise Elizabeth Elke Ella Ellen Ellie Elly Elodie Eloise Els Elsbeth Elsie
Emily Emma Emmy Erica Erin Esme Esmee Esra Ester Esther Ethel Eunice Eva Evelien Eveline Evi Evy Ewa Faith Famke
Farida Fatiha Fatima Fatma Fatou Fay Federica Felicity Feline Femke Fenna Fenne Fien Fiona Fleur Floor Floortje
Flora Florence Fokje Frances Francesca Freda Frederique Freja Freya Frida Frieda Froukje Gabriela Gail Gea Geertje
Gemma Geneviève Georgia Georgina Geraldine Gerda Gerdien Gertrude Gillian Gina Ginny Giorgia Giulia Gladys Glenda
Gloria Godelieve Goedele Grace Greet Greetje Greta Griet Guadalupe Gudrun Guusje Gwen Gwendolien Gwendolyn Hafsa
Halima Hana Hanka Hanna Hannah Hanneke Harriet Harriët Hatice Hazel Heather Heidi Helen Helena Helga Helle Henrietta
Hermien Hermine Hetty Hilda Hilde Hillary Hinke Hiske Holly Hope Houda Hélène Ida Ikram Ildikó Ilham Ilona Ilse
Imogen Ina Indira Indy Ineke Ines Inga Inge Ingeborg Ingrid Inés Irene Irina Iris Irma Isabel Isabella Isabelle Isla
Isobel Ivana Ivy Jacinda Jacoba Jacqueline Jade Jadwiga Jamila Jane Janet Janice Janine Janna Janneke Jannie Jansje
Jantje Jasmijn Jeanette Jeanine Jeanne Jelena Jeltje Jenna Jennifer Jenny Jess Jessica Jet Jetske Jetta Jikke Jill
Jinte Joan Joanna Joanne Joke Jolanda Jolien Josephine Josette Josie Josien Jovana Joy Joyce Juana Judith Judy Julia
Julie Juliette June Juul Kaat Kaatje Kaja Kamala Karen Kari Karima Karin Karlijn Katalin Katarzyna Kate Katherine
Kathleen Kathryn Kathy Katie Katleen Katrien Katrijn Kavita Kayla Keiko Khadija Kiki Kirsten Kirsty Klaske Kristen
Ksenia Kylie Laila Lakshmi Lan Lana Lara Larisa Latifa Laura Lauren Leah Leanne Leen Leentje Leila Lene Leni Leonie
Lian Lidwien Lieke Lien Lies Liesbet Liesbeth Lieselotte Lieve Lilian Lily Linda Lindiwe Ling Linh Linnea Lisa Lise
Liselotte Lisette Liv Liz Loes Lois Lonneke Lore Lorna Lorraine Lotta Lotte Loubna Louisa Louise Lourdes Lucia Lucie
Lucy Ludmila Luisa Luna Lut Lutgart Lydia Lynn Lynne Maaike Maartje Mabel Machteld Maddie Madeleine Madelon
Magdalena Maggie Maisie Maja Malgorzata Malika Malin Mandy Manon Marcia Margaret Margery Margo Margot Margreet
Margriet Maria Mariama Marian Marianne Marie Marieke Marielle Marije Marijke Marilyn Marina Marit Mariëlle Marja
Marjan Marjolein Marjolijn Marjorie Marleen Marlies Marloes Marta Martha Marthe Martine Mary Mathilde Matilda Maud
Maureen Maxine Maya Meera Megan Mei Melanie Melissa Mercedes Mercy Meredith Meryem Mette Meyrem Mia Michelle Mieke
Mien Miep Mila Mildred Milena Millie Milou Minke Mireille Miriam Mirjam Mirjana Moira Molly Mona Monique Morag
Muriel Myra Myrthe Nadezhda Nadia Nadine Naima Najat Nancy Naoko Naomi Natalia Natalie Natasha Natasja Nathalie
Nawal Neeltje Neha Nel Nele Nell Nellie Ngozi Niamh Nicole Nienke Nina Nisha Nomsa Noor Noortje Nora Norah Norma
Nynke Odile Oksana Olena Olga Olive Olivia Oprah Paige Pamela Paola Patience Patricia Patty Paula Pauline Pearl
Peggy Penelope Penny Pernille Petra Philippa Phoebe Phyllis Pien Pilar Pippa Pleun Polly Pooja Poppy Priscilla Priya
Päivi Rachel Rachida Ragnhild Rania Rebecca Reina Rekha Renske Rhona Ria Riet Riitta Rika Rina Rita Roberta Robyn
Rocío Romy Roos Rosa Rosalie Rosalind Rosanne Rosario Rose Rosemary Rosie Rowena Roxanne Roz Rozemarijn Rozemie Ruby
Ruth Saar Sabine Sakura Sally Samantha Samira Sana Sandra Sangeeta Sanna Sanne Saoirse Sara Sarah Saskia Selin Selma
Senna Sevda Shanti Sharon Shauna Sheila Shelley Shirley Sibel Sien Sietske Signe Sigrid Silvia Simone Sinead Siobhan
Sjoukje Snezana Sofia Sofie Solange Solveig Sonia Sonya Sophie Soraya Stella Stephanie Stien Sue Sunita Susan
Susannah Susanne Suzanne Suze Svetlana Sylvia Sylvie Synne Tamara Tania Tanja Tara Tatiana Teresa Tess Tessa Thandi
Thea Thelma Theresa Thu Thérèse Tine Tineke Tinne Titia Tjitske Toos Tracey Trees Trijn Trijntje Trisha Trudy Truus
Tuva Ulla Uma Una Ursula Usha Valentina Valerie Valérie Vanessa Veerle Vera Veronica Veronique Vesna Vicky Victoria
Viola Violet Virginia Véronique Wangari Wendela Wendy Wies Wietske Wilhelmina Willemijn Wilma Winifred Wytske Xandra
Ximena Yara Yasemin Yasmin Yasmina Ydwine Yelena Yfke Yolanda Yuki Yulia Yvette Yvonne Zahra Zainab Zara Zeynep
Zineb Zoe Zofia Zohra Zoë Zsuzsa Zuhal Élise
"""

_EITHER = """
Alex Andrea Bo Camille Charlie Chris Claude Dale Danny Dominique Evelyn Frankie Gerry Hennie Henny Hilary Jackie
Jamie Jin Jo Jocelyn Kay Kelly Kerry Kim Lee Lesley Leslie Marijn Marion Mina Ming Morgan Nicola Noa Nour Nur Pascal
Pat Puck Rene Robin Sacha Sam Sandy Sasha Stacey Taylor Terry Tracy Vivian Wei Willy
"""

#: First name → "m", "f", or "" for either.
FIRST_NAMES: dict[str, str] = {
    **dict.fromkeys(_EITHER.split(), ""),
    **dict.fromkeys(_MALE.split(), "m"),
    **dict.fromkeys(_FEMALE.split(), "f"),
}
