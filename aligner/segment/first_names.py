"""Common first names of the Low Countries and the English-speaking world, by gender. Data only.

They tell a person from a place and "he" from "she"; a name that is missing costs only that hint.
"""

from __future__ import annotations

_MALE = """
Aad Aart Abdel Abdul Abdullah Abebe Abel Achmed Adam Adriaan Adrian Ahmad Ahmed Aidan Ajdin Alain Alan Alastair
Albert Alberto Alec Alejandro Aleksandr Alexander Alfie Alfred Algernon Ali Alistair Allan Amadou Ambrose Amir Amit
Anders Andre Andrei Andrew Andriy André Angelo Angus Anil Anthony Antoine Anton Antonio Anwar Archibald Archie Arend
Arie Arjen Arjun Arlo Armand Armando Arnold Aron Arthur Atticus Attila Aubrey Austin Axel Aziz Babatunde Barack
Barend Barnaby Barry Bart Bas Basil Bauke Ben Benedict Benedikt Benjamin Benno Berend Bernard Bert Bertie Bilal Bill
Billy Bjorn Björn Bob Bobby Bogdan Boris Boudewijn Brad Bradley Bram Brandon Brecht Brendan Brent Brian Brody Bruce
Bruno Bryan Burak Byron Caleb Callum Calvin Cameron Carl Carlo Carlos Cas Casper Cecil Cedric Cees Chad Charles
Cheikh Chester Chidi Christiaan Christian Christoph Christopher Clarence Clark Clayton Clement Clifford Clinton
Clive Clyde Coen Colin Connor Conor Cor Cormac Cornelis Craig Curtis Cyril Daan Daley Damian Damien Daniel Daniël
Dario Darius Darnell Darren Dave David Dean Declan Deepak Dennis Denzel Derek Derk Desi Desmond Dexter Dick Didier
Diederik Diego Dieter Dillon Dirk Dmitri Dominic Dominik Donald Donny Donovan Dorian Doug Douglas Douwe Dragan Dries
Duncan Dwight Dylan Eamon Earl Ed Eddie Eddy Edgar Edmond Edmund Eduard Edward Edwin Eelco Egbert Eli Elias Elijah
Elio Elliot Ellis Elmer Emeka Emiel Emil Emile Emilio Emmanuel Emmet Emory Emre Enzo Ephraim Eric Erik Ernest Ernst
Errol Erwin Esteban Ethan Eugene Evan Everett Evert Ewan Ewout Fabian Fabio Fabrice Farid Fedde Felix Femi Ferdinand
Ferenc Fergus Fernando Ferry Filip Filippo Finlay Finley Finn Florian Floris Floyd Folkert Fouad Francis Francisco
Franco Frank Franklin Frans François Fraser Fred Freddy Friedrich Frits Gabriel Gael Gareth Gary Gaston Gavin Geert
Geert-Jan Geoff Geoffrey George Gerald Gerard Gerhard Gerrit Gert Geurt Gideon Giel Gijs Gilbert Giles Gilles Gino
Giovanni Giuseppe Glen Glenn Glenroy Godfrey Goran Gordon Gosse Govert Graham Grant Greg Gregory Guido Guillaume
Gulliver Gunther Gus Gustav Guus Guy Günter Haile Hakan Hakeem Hakim Hamish Hamza Hank Hans Hans-Peter Harm Harmen
Harold Harrie Harrison Harry Harvey Hassan Hector Hein Heinrich Helmut Hendrik Hendrikus Henk Henrik Henry Herbert
Herman Hessel Hidde Hiro Hiroshi Horst Howard Hubert Hugh Hugo Humbert Humphrey Humza Huub Hylke Iain Ian Ibrahim
Ibrahima Idris Ignace Ignatius Igor Ilja Ilyas Imran Ingmar Isaac Isaiah Ismail Istvan Ivan Ivar Ivo Ivor Jaap Jack
Jackson Jacob Jacques Jake Jakub Jamal James Jan Janusz Jarne Jarrod Jason Jasper Jawad Jayden Jean Jean-Paul
Jean-Pierre Jed Jef Jeff Jeffrey Jelle Jelmer Jens Jeremiah Jeremy Jeroen Jerome Jerry Jesse Jethro Jim Jimmy Jiri
Jitse Joachim Job Jochem Joe Joel Joey Johan Johannes John Johnny Jomo Jon Jonas Jonathan Joop Joost Jordan Jordi
Jorge Jorik Joris Jort Jos Joseph Josh Joshua José Jozef Jozua Juan Jules Julian Jurgen Jurre Jurriaan Justin Jürgen
Kai Karel Karim Kasper Kees Keith Kemal Ken Kenji Kenneth Kenny Kevin Khalid Kieran Klaas Klaus Kobe Koen Koffi Kofi
Konrad Kris Kristian Kristof Kristoff Kurt Kwame Kyle Lance Larry Lars Lasse Laszlo Laurens Laurent Lawrence Lazarus
Leander Leo Leon Leonard Leopold Leroy Lester Levi Lewis Lex Liam Lieuwe Lieven Lionel Lloyd Lode Lodewijk Loek
Logan Lorenzo Louis Lowell Lowie Luc Luca Lucas Lucien Lucius Ludo Ludwig Luigi Luis Luk Luka Luke Luuk Maarten
Maarten-Jan Magnus Malcolm Malik Mamadou Manfred Marc Marcel Marcello Marco Marcus Marek Mario Mark Marko Marouane
Marten Martijn Martin Marvin Mathias Mathijs Mats Matteo Matthew Matthias Matthijs Mattias Maurice Maurits Max
Maximilian Mees Mehmet Melvin Memphis Menno Merijn Micah Michael Michel Michiel Mick Miguel Mikael Mike Mikhail
Mikkel Milan Miles Milo Minh Mitchell Mohamad Mohamed Mohammed Monty Mourad Moussa Mungo Murat Murray Mustafa Nabil
Nando Nathan Nathaniel Naveed Ned Neil Nelson Nicholas Nick Nico Nicolas Niek Niels Nigel Nikola Nikolai Nils Noah
Noel Norbert Nordin Norman Noud Noël Olaf Olav Ole Oleksandr Oliver Olivier Oluwaseun Omar Ondrej Onno Orhan Orlando
Orson Oscar Osman Osvaldo Otis Otto Ousmane Owen Pablo Paolo Pascual Patrick Paul Pavel Pedro Per Percival Percy
Peregrine Perry Peter Phil Philip Philippe Pierre Piers Piet Pieter Pim Piotr Quentin Quincy Quinten Rachid Radek
Raf Rafael Rafaël Rainer Raj Rajesh Ralph Raoul Rashid Raul Ravi Ray Raymond Redouan Reg Reginald Rein Reinier Remco
Remy Renze René Reuben Rex Rhys Ricardo Richard Rick Ricky Rienk Rik Rishi Rob Robbe Robbert Robbie Robert Roberto
Rocco Roderick Rodney Rodrigo Roel Roelof Rogelio Roger Rogier Rohan Roland Roman Romano Romeo Ron Ronald Ronan Rory
Ross Roy Ruben Rudi Rudolf Rudy Rufus Rune Rupert Russell Rutger Ruud Ryan Sadiq Said Salvador Salvatore Samir
Samuel Samuele Sander Sanjay Scott Seamus Sean Sebastian Sekou Sem Senne Seppe Sergei Sergej Sergio Shane Shaun Sid
Sidney Siebe Siem Sietse Silas Simeon Simon Sipho Sipke Sjoerd Solomon Soufiane Spencer Stan Stanley Stefaan Stefan
Stefano Stephen Steve Steven Stewart Stijn Storm Stuart Sunil Sven Sybren Sylvain Sylvester Søren Tadeusz Takashi
Tarik Tariq Tayfun Ted Tedros Terence Terrance Teun Teunis Thabo Thaddeus Theo Theodor Theodore Thierry Thijs Thomas
Thor Tiago Tibo Ties Tijs Tim Timo Timothy Tjeerd Tobias Toby Todd Tom Tomasz Tommy Ton Tony Toon Torsten Travis
Trevor Tristan Tunde Tygo Tyler Tyrell Tyson Ulrich Umberto Uwe Valentijn Valentin Vaughn Vernon Vic Victor
Victorien Vijay Viktor Vince Vincent Virgil Vito Vladimir Volodymyr Wallace Walter Wannes Ward Warre Warren Wayne
Werner Wesley Wessel Wiebe Wiebren Wilbur Wilfred Will Willem William Wilson Wim Winfried Winston Wojciech Wolfgang
Wout Wouter Xander Xavier Yannick Yassin Yassine Yorick Younes Youssef Ype Yuri Yusuf Yves Zachariah Zachary Zakaria
Zeb Zeger Zoltan Zoran
"""

_FEMALE = """
Aafke Aaltje Abena Abigail Ada Adaeze Adele Adriana Afke Agatha Agnes Agnieszka Aicha Aileen Aino Aisha Aissatou
Akke Akua Alessandra Alice Aline Allison Alma Alyssa Ama Amanda Amara Amber Amelia Amina Aminata Amy Amélie An Ana
Anastasia Anastasija Angela Angelique Angie Aniek Anika Anita Anja Anjali Anke Ann Anna Annabel Annalena Anne Anneke
Annelies Anneloes Annemarie Annemiek Annette Annie Annika Anouk Ans Antonia April Arabella Ariane Arianna Ashley
Asma Astrid Audrey Aurora Aurélie Ava Awa Ayesha Aylin Ayse Aysel Aïcha Babette Barbara Baukje Bea Beatrice Beatrijs
Beatrix Beatriz Becky Belinda Bente Bernadette Bernice Beth Bethany Betty Beverley Beverly Bianca Birgit Birgitta
Birgitte Blanche Bonnie Brenda Bridget Brigitte Britt Brooke Bryony Camila Camilla Candice Carina Carla Carmel
Carmen Carol Carole Carolien Carolina Caroline Cassandra Catharina Catherine Cathy Cato Cecilia Celia Celine Chantal
Charlene Charlotte Charmaine Chelsea Cheryl Chiamaka Chiara Chloe Christel Christina Christine Cindy Claire Clara
Clare Clarissa Claudette Claudia Clementine Coby Colette Colleen Constance Cora Coralie Cordelia Corine Corinne
Cornelia Corrie Courtney Crystal Cynthia Cécile Céline Dagmar Daisy Daniela Danielle Daniëlle Daphne Daria Dawn
Debbie Debby Deborah Debra Deepa Deirdre Delia Delphine Demi Denise Desiree Desirée Dewi Diana Dieuwertje Dilan Dina
Dionne Divya Dolores Donna Dora Doreen Dorien Dorine Doris Dorothea Dorothy Doutzen Dragana Dympna Ebba Edit Edith
Edna Edwina Eefje Eileen Ekaterina Eke Elaine Eleanor Elena Eleonora Elfriede Elien Elif Eline Elisabeth Elise
Elizabeth Elke Ella Ellen Ellie Elly Elodie Eloise Els Elsa Elsbeth Elsie Emilia Emily Emma Emmy Erica Erika Erin
Ernestine Esme Esmee Esperanza Esra Estelle Ester Esther Ethel Eugenie Eunice Eva Evelien Eveline Evelyne Evi Evy
Ewa Fabienne Faith Famke Fanny Farida Fatiha Fatima Fatma Fatou Fatoumata Fay Federica Felicity Feline Femke Fenna
Fenne Fernanda Fien Fiona Flavia Fleur Floor Floortje Flora Florence Fokje Frances Francesca Franziska Freda
Frederique Freja Freya Frida Frieda Froukje Gabriela Gabrielle Gail Gea Geertje Gemma Genevieve Geneviève Georgia
Georgina Geraldine Gerda Gerdien Germaine Gertrude Ghislaine Gillian Gina Ginny Giorgia Gisela Giselle Giulia Gladys
Glenda Gloria Godelieve Goedele Grace Greet Greetje Greta Griet Guadalupe Gudrun Guusje Gwen Gwendolien Gwendolyn
Gwyneth Hafsa Halima Hana Hanka Hanna Hannah Hanneke Harriet Harriët Hatice Hazel Heather Heidi Heleen Helen Helena
Helga Hella Helle Henrietta Henriette Hermien Hermine Hermione Hester Hetty Hilda Hilde Hillary Hinke Hiske Holly
Hope Hortense Houda Hélène Ida Ikram Ildikó Ilham Ilona Ilse Imke Imogen Ina Indira Indy Ineke Ines Inga Inge
Ingeborg Ingrid Inés Irena Irene Irina Iris Irma Isabel Isabella Isabelle Iseult Isla Isobel Isolde Ivana Ivy
Jacinda Jacintha Jacoba Jacqueline Jade Jadwiga Jamila Jane Janet Janice Janine Janna Janneke Jannie Jansje Jantje
Jasmijn Jasmina Jasmine Jeanette Jeanine Jeanne Jelena Jeltje Jenna Jennifer Jenny Jess Jessica Jessie Jet Jetske
Jetta Jikke Jill Jinte Joan Joanna Joanne Jocelyne Johanna Joke Jolanda Jolanta Jolien Jorinde Josefien Josephine
Josette Josie Josien Joséphine Jovana Joy Joyce Juana Judith Judy Julia Julie Juliette June Justine Juul Kaat Kaatje
Kaja Kamala Karen Kari Karima Karin Karlien Karlijn Kassandra Katalin Katarzyna Kate Kathelijne Katherine Kathleen
Kathryn Kathy Katie Katleen Katrien Katrijn Kavita Kayla Keiko Khadija Kiki Kirsten Kirsty Klaske Kristel Kristen
Kristien Kristin Kristina Ksenia Kylie Laila Lakshmi Lan Lana Lara Larisa Latifa Laura Lauren Lauryn Lavinia Leah
Leanne Leen Leentje Leila Lene Leni Leonie Leontien Letitia Lian Lidia Lidwien Lieke Lien Lies Liesbet Liesbeth
Lieselotte Liesje Lieve Lilian Lilly Lily Lina Linda Lindiwe Ling Linh Linnea Lisa Lisbeth Lise Liselotte Lisette
Liv Livia Liz Liza Lobke Loes Lois Lola Lonneke Lore Lorna Lorraine Lotta Lotte Lottie Loubna Louisa Louise Lourdes
Lucia Luciana Lucie Lucinda Lucy Ludmila Ludovica Luisa Luna Lut Lutgart Luz Lydia Lynn Lynne Maaike Maartje Mabel
Machteld Maddie Madeleine Madelon Magdalena Maggie Maisie Maja Malgorzata Malika Malin Malou Mandy Manon Marcia
Maren Margaret Margareta Margarete Margarita Margaux Margery Margo Margot Margreet Margriet Maria Mariama Marian
Mariana Marianne Marie Marieke Marielle Marije Marijke Marilyn Marina Mariska Marisol Marit Mariëlle Marja Marjan
Marjolein Marjolijn Marjorie Marleen Marlies Marloes Marta Martha Marthe Martine Mary Maryam Mathilde Matilda Mattie
Maud Maura Maureen Maxine Maya Mechteld Meera Megan Mei Melanie Melissa Mercedes Mercy Meredith Merel Meryem Mette
Meyrem Mia Michelle Mieke Mien Miep Mies Mila Mildred Milena Millie Milou Minke Minnie Miranda Mireille Miriam
Mirjam Mirjana Moira Molly Mona Moniek Monique Morag Muriel Myra Myrna Myrthe Nadezhda Nadia Nadine Nadja Nadège
Naima Najat Nancy Nanette Naoko Naomi Natalia Natalie Natasha Natasja Nathalie Nathasja Nawal Neeltje Neha Nel Nele
Nell Nellie Nelly Nena Ngozi Niamh Nicole Nienke Nika Nikki Nina Nisha Noelle Nomsa Noor Noortje Nora Norah Norma
Noémie Nynke Octavia Odette Odile Oksana Olena Olga Olive Olivia Ophelia Oprah Paige Pamela Paola Patience Patricia
Patty Paula Paulien Pauline Pearl Peggy Penelope Penny Pernille Persephone Petra Petronella Philippa Philomena
Phoebe Phyllida Phyllis Pien Pilar Pippa Pleun Polly Pooja Poppy Portia Primrose Priscilla Priya Prudence Päivi
Queenie Rachel Rachida Ragnhild Ramona Rania Raquel Rebecca Reina Rekha Renske Rhona Ria Rianne Riet Riitta Rika
Rina Rita Roberta Roberte Robyn Rocío Romana Romy Ronja Roos Rosa Rosalie Rosalind Rosalyn Rosamund Rosanne Rosario
Rose Rosemarie Rosemary Rosie Rowena Roxanne Roz Rozemarijn Rozemie Ruby Ruth Saar Sabina Sabine Sabrina Sadie
Sakura Sally Salma Samantha Samia Samira Sana Sandra Sangeeta Sanna Sanne Saoirse Sara Sarah Sarina Saskia Savannah
Selin Selma Senna Serena Sevda Shannon Shanti Sharon Shauna Sheila Shelley Shirley Sibel Sien Sietske Sigi Signe
Sigrid Silke Silvia Simone Sinead Siobhan Sjoukje Snezana Sofia Sofie Solange Soledad Solveig Sonia Sonja Sonya
Sophia Sophie Soraya Steffie Stella Stephanie Stien Sue Sunita Susan Susanna Susannah Susanne Suzanne Suze Svetlana
Swantje Sybil Sylvia Sylvie Synne Tabitha Tamara Tania Tanja Tara Tasha Tatiana Teresa Teresia Tess Tessa Thandi
Thea Thelma Theodora Thera Theresa Thu Thérèse Tilly Tine Tineke Tinne Titia Tjitske Toos Tosca Tracey Trees Trijn
Trijntje Trisha Trudie Trudy Truus Tuva Tyra Ulla Ulrike Uma Una Ursula Usha Valentina Valeria Valerie Valérie
Vanessa Veerle Vera Verena Verity Veronica Veronique Vesna Vicky Victoria Viola Violet Virginia Vivienne Véronique
Wanda Wangari Wendela Wendy Wies Wietske Wilhelmien Wilhelmina Willemijn Wilma Winifred Wytske Xandra Ximena Yara
Yasemin Yasmijn Yasmin Yasmina Ydwine Yelena Yentl Yfke Yolanda Yuki Yulia Yvette Yvon Yvonne Zahra Zainab Zara
Zelda Zeynep Zineb Zoe Zofia Zohra Zoë Zsuzsa Zuhal Élise
"""

_EITHER = """
Alex Andrea Ariel Ashley Blake Bo Camille Charlie Chris Claude Dale Danny Dominique Evelyn Frankie Gerry Hennie Henny
Hilary Jackie Jamie Jessie Jin Jip Jo Jocelyn Joey Jules Kay Kelly Kerry Kim Kit Lee Lesley Leslie Marijn Marion Mina
Ming Morgan Nicola Noa Nour Nur Pascal Pat Puck Quinn Rene Robin Sacha Sam Sandy Sasha Shannon Stacey Taylor Terry
Tracy Vivian Wei Willy Jean Wil Sidney Jordan Rowan Devon Casey Ellis Toni Nikita Lou Val Joss Inge Dana Ray Sun Rory
"""

#: First name → "m", "f", or "" for either.
FIRST_NAMES: dict[str, str] = {
    **dict.fromkeys(_MALE.split(), "m"),
    **dict.fromkeys(_FEMALE.split(), "f"),
    **dict.fromkeys(_EITHER.split(), ""),
}
